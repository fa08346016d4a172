"""How the tables came to be, step by step: each file of `versions/` leads from one shape to the next."""
