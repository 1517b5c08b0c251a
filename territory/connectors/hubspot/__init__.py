from territory.connectors.hubspot.connector import KIND

__all__ = ["KIND"]
