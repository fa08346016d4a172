"""Golden questions: what the shipped content must answer, written from the source documents, never from the program."""
