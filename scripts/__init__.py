"""What `make` runs: set up the machine, start the system, check the system."""
