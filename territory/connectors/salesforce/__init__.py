from territory.connectors.salesforce.connector import KIND

__all__ = ["KIND"]
