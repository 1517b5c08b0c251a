"""Boundary files from outside: read in a child process that can be killed, handed over as checked units."""
