"""The running system: web server, workers, beat and dispatcher under one supervisor."""
