from territory.connectors.rest.connector import KIND

__all__ = ["KIND"]
