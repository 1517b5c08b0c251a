"""An alignment as files for other systems: one module per format, listed in `registry`."""
