"""What no plan changes: locked territories with their units, and parts of the map that are not worth solving."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from balancing.problems.rows import UnitRows
from territory.models import Territory

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


def locked_units(units: UnitRows, territories: list[Territory], notes: list[str]) -> BoolArray:
    """Units (N,) of locked territories: they stay, and their territory gains no other."""
    locked = [territory for territory in territories if territory.is_locked]
    if locked:
        notes.append(f"Locked territories keep exactly their units: {', '.join(t.name for t in locked)}.")
    return np.isin(units.owners, [territory.pk for territory in locked])


def empty_parts(units: UnitRows, edges: IntArray, open_units: BoolArray, notes: list[str]) -> BoolArray:
    """Open units (N,) in connected parts of the map without any account and without a territory."""
    size = len(units)
    joined = edges[open_units[edges].all(axis=1)] if len(edges) else edges
    graph = coo_array((np.ones(len(joined), dtype=np.int8), (joined[:, 0], joined[:, 1])), shape=(size, size))
    n_parts, part = connected_components(graph, directed=False)
    matters = open_units & ((units.sums[:, 0] > 0) | (units.owners > 0))
    counts = np.bincount(part, matters, minlength=n_parts)
    empty = open_units & (counts[part] == 0)
    if empty.any():
        notes.append(f"{int(empty.sum()):,} units in parts of the map without accounts stay unassigned.")
    n_kept = int((counts > 0).sum())
    if n_kept > 1:
        notes.append(
            f"The ground to divide is in {n_kept} parts. A part too small for a territory of its own is joined to its "
            "nearest neighbour; that territory is then in two pieces."
        )
    return np.asarray(empty)
