"""What units share follows from their codes."""

import h3
import pytest

from balancing.problems.groups import ATTRIBUTE_BY_KEY


@pytest.mark.parametrize(("key", "levels"), [("hexagon_7", 1), ("hexagon_49", 2)])
def test_hexagons_share_the_larger_one_they_were_divided_from(key: str, levels: int) -> None:
    parent = h3.latlng_to_cell(33.7, -84.4, 3)
    children = h3.cell_to_children(parent, 3 + levels)
    assert len(children) == 7**levels
    assert {ATTRIBUTE_BY_KEY[key].of(child) for child in children} == {parent}


def test_counties_share_their_state() -> None:
    assert [ATTRIBUTE_BY_KEY["state"].of(code) for code in ("13121", "13089", "01001")] == ["13", "13", "01"]
