"""What every source of units hands over: areas in one order, and who touches whom."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon

UNITS_MAX = 20_000


@dataclass(frozen=True)
class Units:
    """Areas that cover some ground once. `edges` holds pairs of positions, the smaller one first, each pair once."""

    codes: list[str]
    names: list[str]
    boundaries: list[MultiPolygon]
    edges: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    year: int | None = None

    def __len__(self) -> int:
        return len(self.codes)


def unique_edges(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each touching pair once, the smaller position first, nothing beside itself."""
    ordered = np.sort(np.asarray(pairs, dtype=np.int64).reshape(-1, 2), axis=1)
    return np.unique(ordered[ordered[:, 0] != ordered[:, 1]], axis=0)
