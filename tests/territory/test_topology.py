"""Borders that drawn territories share move once for all: no gap and no overlap comes, no ground goes."""

from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from territory.boundaries import as_multipolygon
from territory.topology import SNAP, Fabric, move_corner, snapped
from tests.territory.world import square
from workspace.exceptions import Conflict, Invalid

WEST, SOUTH, SIDE = -84.0, 32.0, 0.5
TINY = 1e-9
SIZE = 4


def place(column: float, row: float) -> tuple[float, float]:
    """A corner of the grid."""
    return WEST + column * SIDE, SOUTH + row * SIDE


def polygon(*corners: tuple[float, float]) -> MultiPolygon:
    return MultiPolygon([Polygon([place(*corner) for corner in corners])])


def covered(shapes: Fabric) -> shapely.Geometry:
    return shapely.union_all(list(shapes.values()))


def overlap(shapes: Fabric) -> float:
    return float(sum(shapely.area(shapely.intersection(a, b)) for a, b in combinations(shapes.values(), 2)))


# Two squares side by side:
#
#   +---+---+
#   | 1 | 2 |
#   +---+---+
PAIR = {1: square(0, 0), 2: square(1, 0)}


def test_a_shared_corner_moves_for_both() -> None:
    moved = move_corner(PAIR, 1, place(1, 1), place(1.4, 1))
    assert moved.keys() == {1, 2}
    assert moved[1].equals(polygon((0, 0), (1, 0), (1.4, 1), (0, 1)))
    assert moved[2].equals(polygon((1, 0), (2, 0), (2, 1), (1.4, 1)))


def test_a_corner_put_into_a_shared_edge_bends_it_for_both() -> None:
    moved = move_corner(PAIR, 2, place(1, 0.5), place(0.6, 0.5))
    assert moved[1].equals(polygon((0, 0), (1, 0), (0.6, 0.5), (1, 1), (0, 1)))
    assert moved[2].equals(polygon((1, 0), (2, 0), (2, 1), (1, 1), (0.6, 0.5)))


def test_a_corner_taken_away_goes_from_both() -> None:
    bent = PAIR | move_corner(PAIR, 2, place(1, 0.5), place(0.6, 0.5))
    straight = move_corner(bent, 1, place(0.6, 0.5), None)
    assert {i: shape.normalize() for i, shape in straight.items()} == {i: s.normalize() for i, s in PAIR.items()}


def test_a_corner_at_the_outside_moves_for_its_own_territory_only() -> None:
    assert move_corner(PAIR, 1, place(0, 1), place(-0.2, 1.2)).keys() == {1}


def test_where_three_meet_all_three_follow() -> None:
    shapes = PAIR | {3: square(0, 1, columns=2)}
    moved = move_corner(shapes, 1, place(1, 1), place(1.2, 1.3))
    assert moved.keys() == {1, 2, 3}
    after = shapes | moved
    assert overlap(after) < TINY
    assert covered(after).equals(covered(shapes))


def test_a_neighbour_whose_edge_has_no_corner_there_gets_one() -> None:
    """The long edge of 3 passes the corner that 1 and 2 share; so does the corner of 2 an edge of 1 below."""
    shapes = {1: polygon((0, 0), (2, 0), (2, 1), (0, 1)), 2: polygon((0.5, 1), (1.5, 1), (1.5, 2), (0.5, 2))}
    moved = move_corner(shapes, 1, place(2, 1), place(2, 1.3))
    assert overlap(shapes | moved) < TINY
    assert moved.keys() == {1}, "the corner of 2 stays in the edge of 1"
    assert shapely.touches(moved[1], shapes[2])
    assert shapely.intersection(moved[1], shapes[2]).length == pytest.approx(SIDE)


def test_borders_a_hand_apart_are_taken_for_one() -> None:
    hand = SNAP / 3
    shapes = {1: PAIR[1], 2: shapely.transform(PAIR[2], lambda points: np.add(points, [hand, 0]))}
    after = shapes | move_corner(shapes, 1, place(1, 0), place(0.8, 0))
    after |= move_corner(after, 1, place(1, 1), place(0.8, 1))
    assert overlap(after) < TINY
    assert covered(after).geom_type == "Polygon"


def test_dragged_far_into_a_neighbour_it_takes_the_ground_from_all_on_the_way() -> None:
    """Beyond 2, whose own border would fold, into 3."""
    shapes = PAIR | {3: square(2, 0)}
    after = shapes | move_corner(shapes, 1, place(1, 0.5), place(2.5, 0.5))
    assert after[1].contains(Point(place(2.2, 0.5)))
    assert overlap(after) < TINY
    assert covered(after).symmetric_difference(covered(shapes)).area < TINY


def test_an_overlap_that_was_wanted_stays() -> None:
    shapes = PAIR | {3: square(1.5, 0.25, columns=1, rows=0.5)}
    before = shapely.intersection(shapes[2], shapes[3])
    after = shapes | move_corner(shapes, 1, place(1, 1), place(1.2, 1))
    assert shapely.intersection(after[2], after[3]).equals(before)


def test_a_border_cannot_be_folded_over_itself() -> None:
    with pytest.raises(Invalid, match="fold"):
        move_corner(PAIR, 1, place(0, 0), place(1.5, 0.5))


def test_only_what_lies_on_the_border_can_be_moved() -> None:
    with pytest.raises(Invalid, match="does not lie on the border"):
        move_corner(PAIR, 1, place(0.5, 0.5), place(0.6, 0.5))


def test_a_new_shape_beside_another_takes_over_its_border() -> None:
    near = SNAP / 2
    jagged = polygon((1 + near, 0), (2, 0), (2, 2), (1 - near, 2), (1 + near, 0.4))
    laid = snapped(jagged, [PAIR[1]])
    assert overlap({1: PAIR[1], 2: laid}) < TINY
    assert shapely.intersection(laid, PAIR[1]).length == pytest.approx(SIDE)


def test_a_shape_far_from_all_others_is_not_touched() -> None:
    assert snapped(square(5, 5), PAIR.values()).equals_exact(square(5, 5))


@st.composite
def fabrics(draw: st.DrawFn) -> Fabric:
    """A grid with crooked corners, its cells dealt to some territories; some keep no corners in straight edges."""
    crooked = st.floats(-0.3, 0.3)
    has_holes = draw(st.booleans())
    corners = {
        (c, r): (c + draw(crooked) * (0 < c < SIZE), r + draw(crooked) * (0 < r < SIZE))
        for c in range(SIZE + 1)
        for r in range(SIZE + 1)
    }
    cells: dict[int, list[MultiPolygon]] = {}
    for c in range(SIZE):
        for r in range(SIZE):
            owner = draw(st.sampled_from([1, 1, 2, 2, 3, 3, 4, 4, 0 if has_holes else 1]))
            around = [(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)]
            cells.setdefault(owner, []).append(polygon(*(corners[corner] for corner in around)))
    shapes = {i: as_multipolygon(shapely.union_all(parts)) for i, parts in cells.items() if i > 0}
    return {i: as_multipolygon(shape.simplify(0)) if draw(st.booleans()) else shape for i, shape in shapes.items()}


@given(fabrics(), st.data())
@settings(max_examples=150, deadline=None)
def test_no_edit_of_a_shared_border_opens_a_gap_or_an_overlap(shapes: Fabric, data: st.DataObject) -> None:
    assume(shapes)
    moved = data.draw(st.sampled_from(sorted(shapes)))
    border = shapes[moved].boundary
    if data.draw(st.booleans()):
        corner = tuple(data.draw(st.sampled_from(shapely.get_coordinates(border).tolist())))
    else:
        corner = shapely.get_coordinates(border.interpolate(data.draw(st.floats(0, 1)), normalized=True))[0].tolist()
    inside = st.floats(0.05, SIZE - 0.05)
    to = data.draw(st.none() | st.tuples(inside, inside).map(lambda pair: place(*pair)))
    try:
        after = shapes | move_corner(shapes, moved, tuple(corner), to)
    except (Invalid, Conflict):
        return
    assert all(shape.is_valid for shape in after.values())
    slack = 4 * SNAP * sum(shape.length for shape in shapes.values())
    assert overlap(after) < slack
    ground = covered(shapes)
    lost, gained = shapely.difference(ground, covered(after)), shapely.difference(covered(after), ground)
    gaps = [part for part in as_multipolygon(lost).geoms if not shapely.dwithin(part, ground.boundary, 2 * SNAP)]
    assert sum(gap.area for gap in gaps) < slack
    if not shapely.dwithin(ground.boundary, Point(corner), 2 * SNAP):
        assert lost.area < slack, "the outer border did not change"
        if ground.area > square(0, 0, SIZE, SIZE).area - slack:
            assert gained.area < slack
