"""Kernels that make a road graph smaller: a chain of nodes without a choice becomes one edge."""

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, IntArray, LongArray


@njit(cache=True, nogil=True)
def count_neighbours(ptr: LongArray, heads: IntArray, back_ptr: LongArray, tails: IntArray) -> IntArray:
    """Distinct neighbours (N,) of each node, counting to 3, whichever way the roads between them run.

    ptr (N + 1,), heads (E,): roads out of each node; back_ptr, tails: roads into it.
    """
    n_nodes = len(ptr) - 1
    counts = np.zeros(n_nodes, dtype=np.int32)
    for node in range(n_nodes):
        first, second, count = -1, -1, 0
        for direction in range(2):
            begin = ptr[node] if direction == 0 else back_ptr[node]
            end = ptr[node + 1] if direction == 0 else back_ptr[node + 1]
            for place in range(begin, end):
                other = heads[place] if direction == 0 else tails[place]
                if other in (node, first, second):
                    continue
                count += 1
                if count == 1:
                    first = other
                elif count == 2:
                    second = other
                else:
                    break
            if count > 2:
                break
        counts[node] = count
    return counts


@njit(cache=True, nogil=True)
def follow_chains(
    ptr: LongArray, heads: IntArray, minutes: FloatArray, km: FloatArray, is_kept: BoolArray
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Edges (tail, head, minutes, km) between kept nodes, through the others, which have one way on.

    A chain that ends nowhere, or comes back to where it began, leads to nothing and is left out.
    """
    n_edges = 0
    for node in range(len(ptr) - 1):
        if is_kept[node]:
            n_edges += ptr[node + 1] - ptr[node]
    tails, ends = np.empty(n_edges, dtype=np.int32), np.empty(n_edges, dtype=np.int32)
    sum_minutes, sum_km = np.empty(n_edges), np.empty(n_edges)
    n_found = 0
    for node in range(len(ptr) - 1):
        if not is_kept[node]:
            continue
        for first in range(ptr[node], ptr[node + 1]):
            before, here, total_minutes, total_km = node, heads[first], minutes[first], km[first]
            while here >= 0 and not is_kept[here]:
                place = -1
                for other in range(ptr[here], ptr[here + 1]):
                    if heads[other] != before:
                        place = other
                if place < 0:
                    here = -1
                    break
                before, here = here, heads[place]
                total_minutes += minutes[place]
                total_km += km[place]
            if here < 0 or here == node:
                continue
            tails[n_found], ends[n_found] = node, here
            sum_minutes[n_found], sum_km[n_found] = total_minutes, total_km
            n_found += 1
    return tails[:n_found], ends[:n_found], sum_minutes[:n_found], sum_km[:n_found]
