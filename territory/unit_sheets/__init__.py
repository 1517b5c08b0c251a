"""Sheets of (unit code, territory) on their way into an alignment: read, matched, then one edit."""
