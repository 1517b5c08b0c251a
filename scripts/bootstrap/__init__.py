"""Set-up that runs before the virtual environment exists: standard library only."""
