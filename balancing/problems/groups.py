"""Units that stay in one territory: what they share follows from their codes."""

from collections.abc import Callable
from dataclasses import dataclass

import h3
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from balancing.problems.rows import UnitRows
from territory.models import UnitLayerKind

IntArray = NDArray[np.int64]

_STATE_DIGITS = 2  # of a county's FIPS code


@dataclass(frozen=True)
class Attribute:
    """Something that units of one kind of layer share."""

    key: str
    label: str
    kind: str
    of: Callable[[str], str]


def _larger(levels: int) -> Callable[[str], str]:
    def hexagon(code: str) -> str:
        return str(h3.cell_to_parent(code, h3.get_resolution(code) - levels))

    return hexagon


ATTRIBUTES = (
    Attribute("state", "state", UnitLayerKind.COUNTIES, lambda code: code[:_STATE_DIGITS]),
    Attribute("hexagon_7", "larger hexagon (7 units)", UnitLayerKind.H3, _larger(1)),
    Attribute("hexagon_49", "much larger hexagon (49 units)", UnitLayerKind.H3, _larger(2)),
)
ATTRIBUTE_BY_KEY = {attribute.key: attribute for attribute in ATTRIBUTES}


def find_groups(units: UnitRows, edges: IntArray, keep_together: str | None, notes: list[str]) -> IntArray | None:
    """Number (N,) of each unit's group; None where nothing stays together.

    A group is a connected piece: what does not touch cannot be in one connected territory.
    """
    if keep_together is None:
        return None
    attribute = ATTRIBUTE_BY_KEY[keep_together]
    shared = np.unique([attribute.of(code) for code in units.codes], return_inverse=True)[1].reshape(-1)
    inside = edges[shared[edges[:, 0]] == shared[edges[:, 1]]]
    size = len(units)
    graph = coo_array((np.ones(len(inside), dtype=np.int8), (inside[:, 0], inside[:, 1])), shape=(size, size))
    n_pieces, piece = connected_components(graph, directed=False)
    n_torn = n_pieces - int(shared.max()) - 1
    if n_torn:
        notes.append(
            f"Units of one {attribute.label} stay together where they touch: {n_torn:,} "
            f"{'piece lies' if n_torn == 1 else 'pieces lie'} apart and may go elsewhere."
        )
    return np.asarray(piece, dtype=np.int64)
