"""Drawn boundaries that share borders: snapped to each other, noded, and moved together without gaps or overlaps."""

from territory.topology.corner import Fabric, Place, move_corner
from territory.topology.snapping import SNAP, snapped

__all__ = ["SNAP", "Fabric", "Place", "move_corner", "snapped"]
