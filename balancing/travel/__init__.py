"""Time on the road: what a drive takes, by an estimate, by a road graph of our own, or by a routing server."""
