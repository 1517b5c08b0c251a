"""The only bridge between rows and the engine's arrays."""
