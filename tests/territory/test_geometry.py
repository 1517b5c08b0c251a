"""Areas from outside: good ones come in exactly, bad ones are refused with the place and the bound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from territory.geometry import parse_area, parse_bbox
from territory.models import Territory
from tests.territory.world import World, square
from workspace.exceptions import DomainError, Invalid, TooLarge

RING = [[-84, 33], [-83, 33], [-83, 34], [-84, 34], [-84, 33]]
BOW_TIE = [[-84, 33], [-83, 34], [-83, 33], [-84, 34], [-84, 33]]
HOLE_OUTSIDE = [[-80, 33], [-79, 33], [-79, 34], [-80, 34], [-80, 33]]


def polygon(*rings: object, **members: object) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)} | members


def test_a_polygon_becomes_a_multipolygon_with_the_same_corners() -> None:
    assert parse_area(polygon(RING)).equals(parse_area({"type": "MultiPolygon", "coordinates": [[RING]]}))


def test_heights_are_dropped() -> None:
    assert not parse_area(polygon([[*corner, 320.5] for corner in RING])).has_z


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("POLYGON((0 0,1 1,1 0,0 0))", "GeoJSON object"),
        ({"type": "Point", "coordinates": [-84, 33]}, "Polygon or MultiPolygon"),
        ({"type": "GeometryCollection", "geometries": []}, "Polygon or MultiPolygon"),
        ({"type": ["Polygon"], "coordinates": [RING]}, "Polygon or MultiPolygon"),
        ({"type": "Polygon"}, "rings"),
        (polygon(), "rings"),
        (polygon([]), "at least 4 positions"),
        (polygon(RING[:3]), "at least 4 positions"),
        (polygon(RING[:4]), "not closed"),
        (polygon([[-84, 33], [-83, "33"], [-83, 34], [-84, 33]]), "a position is"),
        (polygon([[-84, 33], [-83], [-83, 34], [-84, 33]]), "a position is"),
        (polygon([[-84, 33], [True, 33], [-83, 34], [-84, 33]]), "a position is"),
        (polygon([[-84, 33], [float("inf"), 33], [-83, 34], [-84, 33]]), "finite"),
        (polygon([[-84, 33], [10**400, 33], [-83, 34], [-84, 33]]), "finite"),
        (polygon([[-84, 91], [-83, 33], [-83, 34], [-84, 91]]), "latitude must be from -90 to 90"),
        (polygon([[-184, 33], [-83, 33], [-83, 34], [-184, 33]]), "longitude must be from -180 to 180"),
        (polygon([[33, -120], [33, -119], [34, -119], [33, -120]]), "axes look swapped"),
        (polygon(BOW_TIE), r"Self-intersection\[-83.5 33.5\]"),
        (polygon(RING, HOLE_OUTSIDE), "Hole lies outside shell"),
        (polygon([[-84, 33], [-83, 33], [-84, 33], [-84, 33]]), "not a valid area|encloses no ground"),
        (polygon([[-179, 0], [179, 0], [179, 1], [-179, 1], [-179, 0]]), "antimeridian"),
        (polygon(RING, crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "WGS 84"),
        (polygon(RING, crs="EPSG:3857"), "WGS 84"),
        ({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}, "not a valid area"),
        ({"type": "MultiPolygon", "coordinates": [RING]}, "at least 4 positions|a ring needs"),
    ],
)
def test_a_bad_area_is_refused_in_words(area: object, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        parse_area(area)


def test_a_hundred_thousand_vertices_are_refused_naming_count_and_bound() -> None:
    ring = [[-84 + i / 100_000, 33] for i in range(100_000)]
    with pytest.raises(TooLarge, match="100,000 vertices, at most 50,000"):
        parse_area(polygon(ring))


@pytest.mark.parametrize("bbox", [[-83, 33, -84, 34], [-84, 34, -83, 33], [-84, 33, -83, 91], [200, 1, 201, 2]])
def test_a_rectangle_turned_inside_out_or_off_the_globe_is_refused(bbox: list[float]) -> None:
    with pytest.raises(Invalid):
        parse_bbox(bbox)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(anything | st.builds(lambda c: {"type": "Polygon", "coordinates": c}, anything))
def test_whatever_comes_in_is_either_an_area_or_refused(value: object) -> None:
    try:
        area = parse_area(value)
    except DomainError:
        return
    assert area.is_valid


@pytest.mark.parametrize(
    ("area", "status"),
    [
        (polygon(BOW_TIE), 400),
        (polygon([[-84, 91], [-83, 33], [-83, 34], [-84, 91]]), 400),
        (polygon([[-84 + i / 100_000, 33] for i in range(100_000)]), 413),
        ({"type": "Polygon", "coordinates": [[[[[[]]]]]]}, 400),
        (None, 400),
    ],
)
def test_over_the_api_a_bad_boundary_answers_4xx_and_changes_nothing(
    world: World, manager: APIClient, area: object, status: int
) -> None:
    alignment = world.alignment("drawn")
    territory = world.territory(alignment, "North", boundary=square(0, 0))
    edit = {"op": "set_boundary", "territory_id": territory.pk, "boundary": area}
    answer = manager.post(f"/api/v1/alignments/{alignment.pk}/edits", edit, headers={"If-Match": '"2"'})
    assert answer.status_code == status
    assert Territory.objects.get(pk=territory.pk).boundary.area == pytest.approx(0.25)
