"""Which changes leave pieces behind, beside a slow twin that walks the map unit by unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.formulas.cohesion import Loose, count_extra_pieces, find_loose

ROWS, COLUMNS = 3, 5
EDGES = np.array(
    [(i, i + 1) for i in range(ROWS * COLUMNS) if (i + 1) % COLUMNS]
    + [(i, i + COLUMNS) for i in range((ROWS - 1) * COLUMNS)]
)


def path(count: int) -> np.ndarray:
    return np.array([(i, i + 1) for i in range(count - 1)])


def owners(drawn: str) -> np.ndarray:
    """ "112.": one character a unit, its territory; a dot is nobody's."""
    return np.array([0 if character == "." else int(character) for character in drawn.replace(" ", "")])


@pytest.mark.parametrize(
    ("before", "after", "loose"),
    [
        ("1122", "1112", {}),
        ("1122", "1121", {3: Loose(True, 0)}),
        ("11122", "12122", {1: Loose(True, 1)}),
        ("1112", "1212", {1: Loose(True, 1)}),
        ("111112", "112212", {2: Loose(True, 0), 3: Loose(True, 1)}),
        ("1..2", "1.12", {2: Loose(True, 0)}),
        ("1.12", "1212", {1: Loose(True, 0)}),
        ("1221", "1211", {}),
        ("11.", "112", {}),
        ("1122", "2211", {}),
        ("....", "1221", {3: Loose(True, 0)}),
    ],
)
def test_a_move_is_loose_when_it_or_what_it_cuts_off_lies_apart(
    before: str, after: str, loose: dict[int, Loose]
) -> None:
    assert find_loose(owners(before), owners(after), path(len(before))) == loose


def test_pieces_beyond_one_for_each_territory_are_extra() -> None:
    assert count_extra_pieces(owners("1122"), path(4)) == 0
    assert count_extra_pieces(owners("1212.1"), path(6)) == 3
    assert count_extra_pieces(owners("...."), path(4)) == 0


@st.composite
def changes(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    some = st.lists(st.integers(0, 3), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS)
    before, wanted = np.array(draw(some)), np.array(draw(some))
    moves = np.array(draw(st.lists(st.booleans(), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS)))
    return before, np.where(moves & (wanted > 0), wanted, before)


@given(changes())
def test_something_is_loose_exactly_where_the_twin_finds_a_piece_left_behind(
    change: tuple[np.ndarray, np.ndarray],
) -> None:
    before, after = change
    loose = find_loose(before, after, EDGES)
    assert bool(loose) == leaves_a_piece(before, after)
    for unit, found in loose.items():
        assert before[unit] != after[unit]
        if found.is_apart:
            assert not any(before[other] == after[other] for other in piece_around(unit, after))


def leaves_a_piece(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether stayers of one piece end in several, or newcomers end away from all that stays of their territory."""
    for unit in range(len(before)):
        stays = before[unit] == after[unit] > 0
        now = piece_around(unit, after) if after[unit] > 0 else set()
        if stays:
            fellows = {i for i in piece_around(unit, before) if before[i] == after[i]}
            if not fellows <= now:
                return True
        elif after[unit] > 0 and not any(before[i] == after[i] for i in now):
            others = {i for i in range(len(after)) if after[i] == after[unit]} - now
            if others:
                return True
    return False


def piece_around(unit: int, labels: np.ndarray) -> set[int]:
    found, waiting = {unit}, [unit]
    while waiting:
        here = waiting.pop()
        for a, b in EDGES.tolist():
            other = b if a == here else a if b == here else None
            if other is not None and other not in found and labels[other] == labels[unit]:
                found.add(other)
                waiting.append(other)
    return found
