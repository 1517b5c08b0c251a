"""What a new alignment starts from."""
