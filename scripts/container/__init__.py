"""What runs inside the container image."""
