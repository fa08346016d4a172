"""The commissioners' questions: golden tables of the shipped content, and rules held on made-up services."""
