from territory.connectors.dynamics.connector import KIND

__all__ = ["KIND"]
