"""Drawn road networks, with minutes worked out by hand."""

import heapq
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.travel.roads.building import build_roads
from balancing.travel.roads.graph import ABOUT, About, RoadGraph, known_graphs
from balancing.travel.roads.reading import UnreadableRoads
from balancing.travel.roads.rules import drive_of, signed_kmh
from tests.balancing.travel.drawn import drawn_roads, drive, write_roads

PRIMARY = {"highway": "primary"}  # 60 km/h: a minute a kilometre
LINE = {"A": (0, 0), "B": (4, 0), "C": (10, 0)}
SQUARE = {"A": (0, 0), "B": (6, 0), "C": (6, 6), "D": (0, 6)}


def test_a_road_takes_its_length_over_its_speed(tmp_path: Path) -> None:
    graph = drawn_roads(tmp_path, LINE, [("ABC", PRIMARY)])
    assert drive(graph, LINE, "AC") == pytest.approx((10, 10), rel=1e-5)
    assert drive(graph, LINE, "CB") == pytest.approx((6, 6), rel=1e-5)


def test_a_sign_counts_for_a_share_and_miles_are_miles(tmp_path: Path) -> None:
    """A –100 km/h– B –30 mph– C"""
    ways = [("AB", PRIMARY | {"maxspeed": "100"}), ("BC", PRIMARY | {"maxspeed": "30 mph"})]
    graph = drawn_roads(tmp_path, LINE, ways)
    by_hand = 4 / 85 * 60 + 6 / (0.85 * 48.28032) * 60
    assert drive(graph, LINE, "AC")[0] == pytest.approx(by_hand, rel=1e-5)


def test_a_speed_that_differs_by_direction(tmp_path: Path) -> None:
    tags = PRIMARY | {"maxspeed:forward": "100", "maxspeed:backward": "50"}
    graph = drawn_roads(tmp_path, LINE, [("ABC", tags)])
    assert drive(graph, LINE, "AC")[0] == pytest.approx(10 / 85 * 60, rel=1e-5)
    assert drive(graph, LINE, "CA")[0] == pytest.approx(10 / 42.5 * 60, rel=1e-5)


@pytest.mark.parametrize(("oneway", "there", "back"), [("yes", 6, 18), ("-1", 18, 6), ("no", 6, 6)])
def test_a_one_way_road_is_driven_round_to_come_back(tmp_path: Path, oneway: str, there: float, back: float) -> None:
    """A → B, and round by C and D."""
    ways = [("AB", PRIMARY | {"oneway": oneway}), ("BCDA", PRIMARY)]
    graph = drawn_roads(tmp_path, SQUARE, ways)
    assert drive(graph, SQUARE, "AB")[0] == pytest.approx(there, rel=1e-4)
    assert drive(graph, SQUARE, "BA")[0] == pytest.approx(back, rel=1e-4)


def test_a_roundabout_goes_one_way_without_a_sign(tmp_path: Path) -> None:
    graph = drawn_roads(tmp_path, SQUARE, [("ABCDA", PRIMARY | {"junction": "roundabout"})])
    assert drive(graph, SQUARE, "AB")[0] == pytest.approx(6, rel=1e-4)
    assert drive(graph, SQUARE, "BA")[0] == pytest.approx(18, rel=1e-4)


def test_a_way_across_is_used_only_where_cars_may(tmp_path: Path) -> None:
    """A short cut A – C beside A – B – C."""
    triangle = {"A": (0, 0), "B": (6, 0), "C": (6, 6)}
    round_by_b, across = ("ABC", PRIMARY), 8.485281
    for tags, minutes in (
        ({}, across), ({"access": "private"}, 12), ({"motor_vehicle": "no"}, 12),
        ({"access": "no", "motor_vehicle": "yes"}, across), ({"access": "destination"}, across),
        ({"highway": "footway"}, 12), ({"highway": "construction"}, 12),
    ):  # fmt: skip
        graph = drawn_roads(tmp_path, triangle, [round_by_b, ("AC", PRIMARY | tags)])
        assert drive(graph, triangle, "AC")[0] == pytest.approx(minutes, rel=1e-3), tags


def test_the_faster_way_wins_over_the_shorter(tmp_path: Path) -> None:
    ways = [("AD", {"highway": "residential"}), ("ABCD", PRIMARY | {"maxspeed": "140"})]
    minutes, km = drive(drawn_roads(tmp_path, SQUARE, ways), SQUARE, "AD")
    assert (minutes, km) == pytest.approx((18 / 119 * 60, 18), rel=1e-4)


def test_an_island_without_a_bridge_is_left_out(tmp_path: Path) -> None:
    places = LINE | {"X": (30, 0), "Y": (31, 0)}
    graph = drawn_roads(tmp_path, places, [("ABC", PRIMARY), ("XY", PRIMARY)])
    nodes, km = graph.nearest(np.array([30 / 111.319491]), np.array([0.0]))
    assert graph.lon[nodes[0]] == pytest.approx(10 / 111.319491, abs=1e-6)
    assert km[0] == pytest.approx(20, rel=0.01)


def test_a_ferry_joins_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """12 km by ship at 12 km/h between two roads of 3 km."""
    places = {"A": (0, 0), "B": (3, 0), "X": (15, 0), "Y": (18, 0)}
    ways = [("AB", PRIMARY), ("BX", {"route": "ferry"}), ("XY", PRIMARY)]
    assert drawn_roads(tmp_path, places, ways).lon.max() < 4 / 111
    assert drive(drawn_roads(tmp_path, places, ways, ferries=True), places, "AY")[0] == pytest.approx(66, rel=1e-4)


def test_a_dead_end_into_which_only_one_way_leads_is_no_place_to_start_from(tmp_path: Path) -> None:
    places = LINE | {"E": (12, 0)}
    graph = drawn_roads(tmp_path, places, [("ABC", PRIMARY), ("CE", PRIMARY | {"oneway": "yes"})])
    assert graph.lon.max() == pytest.approx(10 / 111.319491, abs=1e-6)


def test_a_bend_is_no_place_and_a_long_road_has_places_along_it(tmp_path: Path) -> None:
    """Kept: both ends, and of ten nodes 110 m apart each third."""
    bend = {"A": (0, 0), "B": (0.1, 0), "C": (0.1, 0.1)}
    assert drawn_roads(tmp_path, bend, [("ABC", PRIMARY)]).n_nodes == 2
    row = {letter: (0.11 * step, 0.0) for step, letter in enumerate("ABCDEFGHIJ")}
    assert drawn_roads(tmp_path, row, [("ABCDEFGHIJ", PRIMARY)]).n_nodes == 4


def test_the_same_file_gives_the_same_version_and_another_one_another(tmp_path: Path) -> None:
    first = drawn_roads(tmp_path, LINE, [("ABC", PRIMARY)])
    again = drawn_roads(tmp_path, LINE, [("ABC", PRIMARY)])
    other = drawn_roads(tmp_path, LINE, [("ABC", PRIMARY | {"maxspeed": "50"})])
    assert first.about.version == again.about.version != other.about.version


def test_a_saved_graph_is_found_again_and_a_new_one_takes_its_place(tmp_path: Path) -> None:
    root = tmp_path / "roads"
    drawn_roads(tmp_path, LINE, [("ABC", PRIMARY)]).save(root)
    (found,) = known_graphs(root)
    assert drive(found, LINE, "AC") == pytest.approx((10, 10), rel=1e-5)
    drawn_roads(tmp_path, LINE, [("ABC", PRIMARY | {"maxspeed": "100"})]).save(root)
    (newer,) = known_graphs(root)
    assert drive(newer, LINE, "AC")[0] == pytest.approx(10 / 85 * 60, rel=1e-5)
    assert [entry.name for entry in root.iterdir()] == ["drawn"]
    assert (root / "drawn" / ABOUT).is_file()
    assert known_graphs(tmp_path / "nowhere") == []


def test_a_file_without_roads_is_refused_with_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRoads, match="no road"):
        drawn_roads(tmp_path, LINE, [("ABC", {"highway": "path"})])
    with pytest.raises(UnreadableRoads, match="there and back"):
        drawn_roads(tmp_path, LINE, [("ABC", PRIMARY | {"oneway": "yes"})])
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"not a map")
    with pytest.raises(UnreadableRoads, match="cannot be read"):
        from_file(broken)


def from_file(path: Path) -> RoadGraph:
    return build_roads(path, "test")


@pytest.mark.parametrize(
    ("sign", "kmh"),
    [("50", 50), ("30 mph", 48.28032), ("30mph", 48.28032), ("80;60", 80), ("none", 140), ("CH:urban", None),
     ("walk", None), ("0", None), ("", None), (None, None), ("signals", None)],
)  # fmt: skip
def test_what_a_sign_says(sign: str | None, kmh: float | None) -> None:
    assert signed_kmh(sign) == (pytest.approx(kmh) if kmh else None)


def test_a_motorway_goes_one_way_and_a_square_is_no_road() -> None:
    assert drive_of({"highway": "motorway"}) == (105, 0)
    assert drive_of({"highway": "motorway", "oneway": "no"}) == (105, 105)
    assert drive_of({"highway": "service", "area": "yes"}) is None


EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9), st.integers(1, 9)), max_size=40)


@given(EDGES)
def test_the_search_finds_what_a_plain_one_finds(edges: list[tuple[int, int, int, int]]) -> None:
    rows = sorted({(u, v): (u, v, m, k) for u, v, m, k in edges if u != v}.values())
    graph = RoadGraph(
        About("random", "1", "", "", ""),
        ptr=np.searchsorted([u for u, *_ in rows], np.arange(9)).astype(np.int64),
        heads=np.array([v for _, v, *_ in rows], dtype=np.int32),
        minutes=np.array([m for *_, m, _ in rows], dtype=np.float64),
        km=np.array([k for *_, k in rows], dtype=np.float64),
        lon=np.arange(8.0),
        lat=np.zeros(8),
    )
    minutes, km = graph.from_node(0)
    expected = plain_search(rows)
    assert minutes.tolist() == [expected.get(node, (np.inf, set()))[0] for node in range(8)]
    for node, (_, lengths) in expected.items():
        assert km[node] in lengths
    assert np.isinf(km[np.isinf(minutes)]).all()


def plain_search(rows: list[tuple[int, int, int, int]]) -> dict[int, tuple[float, set[float]]]:
    """Least minutes from node 0 by node, and the lengths of all drives that take so long."""
    found: dict[int, tuple[float, set[float]]] = {}
    heap = [(0.0, 0, 0.0)]
    while heap:
        minutes, node, km = heapq.heappop(heap)
        least, lengths = found.setdefault(node, (minutes, set()))
        if minutes > least or km in lengths:
            continue
        lengths.add(km)
        for tail, head, more_minutes, more_km in rows:
            if tail == node:
                heapq.heappush(heap, (minutes + more_minutes, head, km + more_km))
    return found


@pytest.mark.shared_data
def test_drives_in_liechtenstein_are_plausible(shared_data: Path) -> None:
    """Vaduz → Schaan about 3 km, Vaduz → Balzers about 9 km: 5 and 10 minutes on the road."""
    graph = from_file(shared_data / "roads" / "liechtenstein.osm.pbf")
    lons, lats = np.array([9.5209, 9.5095, 9.5087]), np.array([47.1410, 47.1656, 47.0680])
    (vaduz, schaan, balzers), away_km = graph.nearest(lons, lats)
    minutes, km = graph.from_node(int(vaduz))
    assert away_km.max() < 0.1
    assert 3 < km[schaan] < 4
    assert 4 < minutes[schaan] < 8
    assert 8 < km[balzers] < 11
    assert 9 < minutes[balzers] < 16


def test_a_place_outside_the_extract_has_no_position_and_is_skipped(tmp_path: Path) -> None:
    path = write_roads(tmp_path / "cut.osm", LINE, [("ABC", PRIMARY)])
    path.write_text(path.read_text().replace('<nd ref="3"/>', '<nd ref="3"/><nd ref="99"/>'))
    assert drive(from_file(path), LINE, "AC")[0] == pytest.approx(10, rel=1e-5)
