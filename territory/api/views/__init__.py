"""The views of the territory API."""
