"""Kernels of the bound: what each unit would cost in each territory at given prices of the loads.

Self-contained like the other kernels: numba's cache watches one file, so a kernel must not call kernels of another.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from balancing.engine.arrays import FloatArray, IntArray, LongArray

_WIDTHS, _RARE = 9.0, 1e-4  # how much dearer, in widths of the softening, and how rare, counts as never


@njit(cache=True, fastmath=True, nogil=True)
def cheapest_centres(
    units: LongArray,
    points: FloatArray,
    weights: FloatArray,
    loads: FloatArray,
    kept: IntArray,
    ruled_out_starts: LongArray,
    ruled_out: IntArray,
    travel: FloatArray,
    sites: LongArray,
    centres: FloatArray,
    prices: FloatArray,
    found: IntArray,
) -> float:
    """Fill found (n, c) with the c centres of least cost + price of each of n units, -1 where fewer are allowed.

    Cost is weight (N,) x km, or x travel (N, S) to the sites (K,) where that is given. A unit with kept (N,) >= 0 has
    that centre only; those in its row of ruled_out it must not have. Returns the sum over the units of the least.
    """
    n_found = found.shape[1]
    values = np.empty(n_found)
    exact = 0.0
    for row in range(len(units)):
        i = units[row]
        count = 0
        found[row, :] = -1
        for k in range(centres.shape[0]):
            if kept[i] >= 0 and kept[i] != k:
                continue
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            square = dx * dx + dy * dy + dz * dz
            value = weights[i] * 6371.0088 * math.sqrt(square) * (1 + square * (1 / 24 + square * (3 / 640)))
            if travel.shape[0] > 0:
                value = weights[i] * travel[i, sites[k]]
            for e in range(ruled_out_starts[i], ruled_out_starts[i + 1]):
                if ruled_out[e] == k:
                    value = 1e12
            for m in range(loads.shape[1]):
                value += loads[i, m] * prices[k, m]
            if count == n_found and value >= values[count - 1]:
                continue
            slot = count if count < n_found else n_found - 1
            count = min(count + 1, n_found)
            while slot > 0 and values[slot - 1] > value:
                values[slot] = values[slot - 1]
                found[row, slot] = found[row, slot - 1]
                slot -= 1
            values[slot] = value
            found[row, slot] = k
        exact += values[0]
    return exact


@njit(cache=True, fastmath=True, nogil=True)
def price_pass(
    units: LongArray,
    points: FloatArray,
    weights: FloatArray,
    loads: FloatArray,
    travel: FloatArray,
    sites: LongArray,
    centres: FloatArray,
    prices: FloatArray,
    candidates: IntArray,
    eps: float,
    gradient: FloatArray,
    curvature: FloatArray,
) -> float:
    """Soft sum over units of the least cost + price among the candidates (n, c) of each; fills gradient (K, M).

    curvature (K * M, K * M) is filled with minus its second derivatives, unless it is empty.
    """
    n_candidates = candidates.shape[1]
    n_metrics = loads.shape[1]
    values = np.empty(n_candidates)
    near = np.empty(n_candidates, dtype=np.int64)
    gradient[:] = 0.0
    curvature[:] = 0.0
    soft = 0.0
    for row in range(len(units)):
        i = units[row]
        least = 1e300
        count = 0
        while count < n_candidates and candidates[row, count] >= 0:
            k = candidates[row, count]
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            square = dx * dx + dy * dy + dz * dz
            value = weights[i] * 6371.0088 * math.sqrt(square) * (1 + square * (1 / 24 + square * (3 / 640)))
            if travel.shape[0] > 0:
                value = weights[i] * travel[i, sites[k]]
            for m in range(n_metrics):
                value += loads[i, m] * prices[k, m]
            values[count] = value
            least = min(least, value)
            count += 1
        width = eps * max(weights[i], 0.01 / len(weights))
        total = 0.0
        n_near = 0
        for c in range(count):
            gap = values[c] - least
            if gap < _WIDTHS * width:
                values[n_near] = math.exp(-gap / width)
                near[n_near] = candidates[row, c]
                total += values[n_near]
                n_near += 1
        soft += least - width * math.log(total)
        for c in range(n_near):
            values[c] /= total
            for m in range(n_metrics):
                gradient[near[c], m] += loads[i, m] * values[c]
        if curvature.shape[0] > 0:
            _bend(curvature, loads, i, near[:n_near], values, width)
    return soft


@njit(cache=True, fastmath=True, forceinline=True)
def _bend(curvature: FloatArray, loads: FloatArray, i: int, near: LongArray, chances: FloatArray, width: float) -> None:
    """Add what unit i, torn between the centres near, adds to the curvature."""
    n_metrics = loads.shape[1]
    for c in range(len(near)):
        for d in range(c):
            both = chances[c] * chances[d]
            if both < _RARE:
                continue
            for m in range(n_metrics):
                for o in range(n_metrics):
                    a, b = near[c] * n_metrics, near[d] * n_metrics
                    pull = loads[i, m] * loads[i, o] * both / width
                    curvature[a + m, a + o] += pull
                    curvature[b + m, b + o] += pull
                    curvature[a + m, b + o] -= pull
                    curvature[b + m, a + o] -= pull
