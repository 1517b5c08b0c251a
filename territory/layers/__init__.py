"""Where unit layers come from, and how they are written."""
