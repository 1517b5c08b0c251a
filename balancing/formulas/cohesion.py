"""Which changes of territory leave pieces behind."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancing.formulas.contiguity import piece_of_unit

IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Loose:
    """What one moved unit leaves behind: itself apart from its new territory, units of its old one cut off by it."""

    is_apart: bool
    n_cut_off: int


def count_extra_pieces(owners: IntArray, edges: IntArray) -> int:
    """Connected pieces beyond one for each territory with units; owner 0 is nobody (N,), edges (E, 2)."""
    held = owners > 0
    return len(np.unique(piece_of_unit(owners, edges)[held])) - len(np.unique(owners[held]))


def find_loose(before: IntArray, after: IntArray, edges: IntArray) -> dict[int, Loose]:
    """Moved unit → what it leaves behind; pieces that lay apart before count for nobody.

    A unit that several others cut off together is counted for each of them.
    """
    stays = (before == after) & (before > 0)
    was, becomes = piece_of_unit(before, edges), piece_of_unit(after, edges)
    apart = _apart(after, becomes, stays, np.flatnonzero((before != after) & (after > 0)))
    cut_off = _cut_off(was, becomes, stays, before, edges)
    return {unit: Loose(unit in apart, cut_off.get(unit, 0)) for unit in sorted(apart | cut_off.keys())}


def _apart(after: IntArray, becomes: IntArray, stays: NDArray[np.bool_], moved: IntArray) -> set[int]:
    """Moved units in pieces that hold nothing which was their territory's before."""
    settled = set(becomes[stays].tolist())
    settled_territories = set(after[stays].tolist())
    sizes = np.bincount(becomes)
    for territory in set(after[moved].tolist()) - settled_territories:
        pieces = np.unique(becomes[after == territory])
        settled.add(int(pieces[np.argmax(sizes[pieces])]))
    return {unit for unit in moved.tolist() if int(becomes[unit]) not in settled}


def _cut_off(
    was: IntArray, becomes: IntArray, stays: NDArray[np.bool_], before: IntArray, edges: IntArray
) -> dict[int, int]:
    """Units that left → how many staying neighbours of their old piece are now apart from its largest remainder."""
    pairs, counts = np.unique(np.column_stack((was[stays], becomes[stays])), axis=0, return_counts=True)
    largest: dict[int, int] = {}
    for (piece, _), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        largest[piece] = max(largest.get(piece, 0), count)
    remainders: dict[tuple[int, int], int] = {}
    kept: set[int] = set()
    for (piece, remainder), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        if count == largest[piece] and piece not in kept:
            kept.add(piece)
        else:
            remainders[piece, remainder] = count
    both = np.concatenate((edges, edges[:, ::-1]))
    left = ~stays[both[:, 0]] & (before[both[:, 0]] > 0) & stays[both[:, 1]]
    touched = {
        (unit, (piece, remainder))
        for unit, piece, remainder in zip(
            both[left, 0].tolist(), was[both[left, 0]].tolist(), becomes[both[left, 1]].tolist(), strict=True
        )
        if (piece, remainder) in remainders
    }
    found: dict[int, int] = {}
    for unit, remainder in touched:
        found[unit] = found.get(unit, 0) + remainders[remainder]
    return found
