"""Problems drawn in text: a digit is a unit of that weight, `|` between two units a barrier, `.` no unit."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from balancing.engine.problem import Problem

STEP_DEGREES = 0.1


def drawn(picture: str, n_territories: int, *, tolerance: float | list[float] = 0.05, **options: Any) -> Problem:
    """A unit per digit, its digit its weight; units side by side are adjacent unless a barrier is drawn."""
    rows = [row.strip() for row in picture.strip().splitlines()]
    cells = {(r, c): row[c] for r, row in enumerate(rows) for c in range(0, len(row), 2) if row[c] != "."}
    number = {cell: i for i, cell in enumerate(cells)}
    edges = []
    for r, c in cells:
        if (r, c + 2) in cells and rows[r][c + 1] == " ":
            edges.append((number[r, c], number[r, c + 2]))
        below = (r + 1, c)
        if below in cells:
            edges.append((number[r, c], number[below]))
    weights = options.pop("weights", [float(mark) if mark.isdigit() else 1.0 for mark in cells.values()])
    return Problem.from_degrees(
        [-83 + STEP_DEGREES / 2 * c for _, c in cells],
        [33 - STEP_DEGREES * r for r, _ in cells],
        weights,
        edges,
        n_territories,
        tolerances=tolerance,
        **options,
    )


def labels_of(picture: str) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Territories of a drawn plan: A is 0, B is 1, ..., `?` is unassigned."""
    marks = [mark for mark in picture if mark.isalpha() or mark == "?"]
    return np.array([-1 if mark == "?" else ord(mark) - ord("A") for mark in marks], dtype=np.int32)


def random_map(seed: int, n_units: int, n_territories: int, **options: Any) -> Problem:
    """Points of random places and weights, each adjacent to its nearest ones and connected by a path."""
    random = np.random.default_rng(seed)
    longitudes, latitudes = random.uniform(-85, -81, n_units), random.uniform(31, 35, n_units)
    gaps = np.hypot(longitudes[:, None] - longitudes, latitudes[:, None] - latitudes)
    nearest = np.argsort(gaps, axis=1)[:, 1:5]
    edges = [(i, int(j)) for i in range(n_units) for j in nearest[i]]
    order = np.argsort(longitudes)
    edges += [(int(i), int(j)) for i, j in itertools.pairwise(order)]
    drawn_weights = np.column_stack((random.integers(1, 4, n_units), random.lognormal(2, 0.5, n_units)))
    weights = options.pop("weights", drawn_weights)
    options.setdefault("tolerances", [0.2, np.inf])
    return Problem.from_degrees(longitudes, latitudes, weights, edges, n_territories, **options)
