"""Connected pieces of territories over the adjacency of their units."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

IntArray = NDArray[np.int64]


def piece_of_unit(owners: IntArray, edges: IntArray) -> IntArray:
    """Piece number of each unit (N,): units share a piece when a path inside one territory joins them.

    owners (N,) territory of each unit; edges (E, 2) pairs of unit indices, those that a barrier cuts left out.
    """
    joined = edges[owners[edges[:, 0]] == owners[edges[:, 1]]] if len(edges) else np.zeros((0, 2), dtype=np.int64)
    size = len(owners)
    graph = coo_array((np.ones(len(joined), dtype=np.int8), (joined[:, 0], joined[:, 1])), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def pieces_per_territory(owners: IntArray, edges: IntArray, n_territories: int) -> IntArray:
    """Number of pieces of each territory (K,); owner −1 is nobody and is not counted."""
    pieces = piece_of_unit(owners, edges)
    first = np.unique(pieces, return_index=True)[1]
    held = owners[first]
    return np.bincount(held[held >= 0], minlength=n_territories).astype(np.int64)
