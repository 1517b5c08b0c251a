"""CRMs that take assignments: one folder each, one protocol (docs/add-a-connector.md)."""
