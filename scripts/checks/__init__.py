"""`make test` and `make lint`: every check in order, one closing line."""
