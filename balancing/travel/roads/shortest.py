"""The fastest drives from one place.

The search is SciPy's Dijkstra (E. W. Dijkstra, Numerische Mathematik, 1959). A heap of our own, in numba, took 1.1 to
1.8 times as long (tests/benchmarks/bench_roads.py), and is not kept. The kilometres of each drive are added up here.
"""

import numpy as np
from numba import njit
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from balancing.engine.arrays import FloatArray, IntArray, LongArray


def fastest_ways(
    roads: csr_matrix, ptr: LongArray, heads: IntArray, km: FloatArray, source: int, *, limit_min: float = np.inf
) -> tuple[FloatArray, FloatArray]:
    """Least minutes (N,) from the source, and the km (N,) of these drives; infinite beyond the limit.

    roads (N, N): minutes of each road; ptr (N + 1,), heads (E,), km (E,): the same roads with their lengths.
    """
    minutes, before = dijkstra(roads, indices=source, return_predecessors=True, limit=limit_min)
    return minutes, lengths_km(ptr, heads, km, before.astype(np.int32), source)


@njit(cache=True, nogil=True)
def lengths_km(ptr: LongArray, heads: IntArray, km: FloatArray, before: IntArray, source: int) -> FloatArray:
    """Km (N,) along a tree of drives in which `before` (N,) names the node before each; infinite outside the tree.

    Walks back from each node to one that is known already, so that each road of the tree is added once.
    """
    n_nodes = len(before)
    length = np.full(n_nodes, np.inf)
    length[source] = 0.0
    way = np.empty(n_nodes, dtype=np.int32)
    for goal in range(n_nodes):
        n_way, node = 0, goal
        while length[node] == np.inf and before[node] >= 0:
            way[n_way] = node
            n_way += 1
            node = before[node]
        total = length[node]
        for step in range(n_way - 1, -1, -1):
            head = way[step]
            for edge in range(ptr[node], ptr[node + 1]):
                if heads[edge] == head:
                    total += km[edge]
                    break
            length[head] = total
            node = head
    return length
