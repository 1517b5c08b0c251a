"""Fewer, heavier cells for the centre search: runs of neighbours along a Z-order curve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import FloatArray
from balancing.engine.geometry import normalised, read_only, z_order


class Cells(NamedTuple):
    """Points (n, 3) and their weights (n,), which sum to 1."""

    points: FloatArray
    weights: FloatArray


def coarse_cells(points: FloatArray, weights: FloatArray, target: int) -> Cells:
    """About `target` cells; the points themselves when there are not many more than that."""
    total = float(weights.sum())
    even = np.full(len(points), 1.0 / len(points))
    shares = weights / total if total > 0 else even
    if len(points) <= 1.5 * target:
        return Cells(read_only(points), shares)
    order = np.argsort(z_order(points), kind="stable")
    cell = np.empty(len(points), dtype=np.int64)
    cell[order] = np.arange(len(points)) * target // len(points)
    cell_weights = np.bincount(cell, shares, minlength=target).astype(np.float64)
    pull = shares + 1e-12 * even
    sums = [np.bincount(cell, pull * points[:, axis], minlength=target) for axis in range(3)]
    return Cells(read_only(normalised(np.column_stack(sums).astype(np.float64))), cell_weights)
