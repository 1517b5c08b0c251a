"""Connectedness over county adjacency."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from balancing.formulas.contiguity import piece_of_unit

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def neighbour_lists(edges: IntArray) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for a, b in edges.tolist():
        found[a].append(b)
        found[b].append(a)
    return found


def is_connected(members: BoolArray, edges: IntArray) -> bool:
    """Whether a path inside the members joins any two of them."""
    pieces = piece_of_unit(np.where(members, 0, -1), edges)
    return len(np.unique(pieces[members])) == 1


def touching_pairs(owners: IntArray, edges: IntArray) -> set[tuple[int, int]]:
    """Pairs of owners (smaller first) that have counties side by side; −1 is nobody."""
    sides = np.sort(owners[edges], axis=1)
    apart = (sides[:, 0] >= 0) & (sides[:, 0] != sides[:, 1])
    return {(int(a), int(b)) for a, b in sides[apart]}
