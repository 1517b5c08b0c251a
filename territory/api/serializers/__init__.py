"""The shapes of the territory API."""
