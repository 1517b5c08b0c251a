"""Boundary files: every format ends in areas, everything hostile or broken in words."""

import io
import json
import socket
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.conf import settings
from shapely import Polygon

from territory.layers.counties import counties
from territory.layers.files.features import Choices
from territory.layers.files.naming import Naming
from territory.layers.files.parsing import read_file_units
from territory.layers.files.touching import touching_pairs
from territory.layers.units import Units
from tests.territory import boundary_files as made
from tests.territory.boundary_files import BOWTIE, feature, geojson, look, ring, zipped
from workspace.exceptions import DomainError, Invalid, TooLarge

BASE = settings.BASE_DIR
SQUARES = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]


def units_of(content: bytes, filename: str, *, code: str | None, merge: bool = False, skip: bool = False) -> Units:
    naming = Naming(code=code, name=None, merge=merge)
    return read_file_units(io.BytesIO(content), filename=filename, choices=Choices(), naming=naming, skip_problems=skip)


def shapefile(folder: Path, *, crs: str | None, shapes: list[Polygon] = SQUARES) -> dict[str, bytes]:
    made.by_gdal(folder / "areas.shp", "ESRI Shapefile", crs=crs, shapes=shapes, names=["Åre", "Åmål"])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("squares.geojson", made.row_of_squares(2)),
        ("squares.json", b"\xef\xbb\xbf" + made.row_of_squares(2)),
        ("squares.topojson", made.topojson()),
        ("squares.kml", made.kml(ring(0, 0), ring(1, 0))),
        ("squares.kmz", zipped({"doc.kml": made.kml(ring(0, 0), ring(1, 0))})),
    ],
)
def test_text_formats_give_their_areas_and_a_code(filename: str, content: bytes) -> None:
    found = look(content, filename)
    assert (found["n_areas"], found["n_problems"], found["bounds"]) == (2, 0, [0, 0, 2, 1])
    assert found["code_attribute"] is not None


@pytest.mark.parametrize(("filename", "driver"), [("a.gpkg", "GPKG"), ("a.fgb", "FlatGeobuf")])
def test_containers_are_projected_to_degrees(filename: str, driver: str, tmp_path: Path) -> None:
    metres = [shapely.box(500_000, 5_000_000, 501_000, 5_001_000), shapely.box(501_000, 5_000_000, 502_000, 5_001_000)]
    made.by_gdal(tmp_path / filename, driver, crs="EPSG:32631", shapes=metres, names=["a", "b"])
    found = look((tmp_path / filename).read_bytes(), filename)
    assert found["n_areas"] == 2
    np.testing.assert_allclose(found["bounds"], [3.0, 45.15, 3.025, 45.16], atol=0.01)


def test_a_shapefile_is_read_in_its_code_page_and_projection(tmp_path: Path) -> None:
    found = look(zipped(shapefile(tmp_path, crs="EPSG:4326")), "areas.zip")
    [name] = [attribute for attribute in found["attributes"] if attribute["name"] == "name"]
    assert (found["n_areas"], name["samples"]) == (2, ["Åre", "Åmål"])


def test_a_shapefile_without_projection_is_asked_about_not_guessed(tmp_path: Path) -> None:
    packed = zipped(shapefile(tmp_path, crs=None))
    asked, told = look(packed, "areas.zip"), look(packed, "areas.zip", is_longitude_latitude=True)
    assert (asked["needs_projection"], asked["n_areas"]) == (True, 0)
    assert (told["needs_projection"], told["n_areas"], told["bounds"]) == (False, 2, [0, 0, 2, 1])


def test_metres_called_degrees_are_refused_with_the_bound(tmp_path: Path) -> None:
    far = [shapely.box(500_000, 0, 501_000, 1_000), shapely.box(501_000, 0, 502_000, 1_000)]
    with pytest.raises(Invalid, match="latitude must be from -90 to 90"):
        look(zipped(shapefile(tmp_path, crs=None, shapes=far)), "areas.zip", is_longitude_latitude=True)


def test_an_old_geojson_projection_is_followed() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    found = look(geojson(feature([ring(0, 0, 111_319.49079)]), crs=crs), "a.geojson")
    np.testing.assert_allclose(found["bounds"], [0, 0, 1, 1], atol=1e-3)


def test_a_bad_feature_is_named_with_its_place_and_the_good_ones_stay() -> None:
    content = geojson(feature([ring(0, 0)], code="a"), feature([BOWTIE], code="b"), feature([0, 0], "Point", code="c"))
    found = look(content, "a.geojson")
    bowtie, point = found["problems"]
    assert found["n_areas"] == 1
    assert (bowtie["feature"], bowtie["lon"], bowtie["lat"], bowtie["can_be_repaired"]) == (2, 0.5, 0.5, True)
    assert (point["feature"], point["can_be_repaired"]) == (3, False)


def test_a_repair_is_a_choice_and_shows_the_change_of_area() -> None:
    found = look(geojson(feature([BOWTIE], code="b")), "a.geojson", repair=True)
    [repair] = found["repairs"]
    assert (found["n_areas"], found["n_problems"], repair["feature"]) == (1, 0, 1)
    assert repair["after_m2"] > 0


def test_coordinates_out_of_range_are_refused_naming_the_value() -> None:
    found = look(geojson(feature([ring(0, 0)]), feature([ring(179.5, 0)]), feature([ring(0, 89.5)])), "a.geojson")
    assert [problem["feature"] for problem in found["problems"]] == [2, 3]
    assert "longitude must be from -180 to 180 (is 180.5)" in found["problems"][0]["problem"]


def bomb() -> bytes:
    return zipped({"areas.shp": b"\x00" * 20_000_000, "areas.dbf": b""})


def link() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("areas.shp")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


LAUGHS = '<!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
VRT = b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
VRT += b"</OGRVRTDataSource>"


@pytest.mark.parametrize(
    ("filename", "content", "words"),
    [
        ("a.geojson", b"", "is empty"),
        ("a.zip", b"no archive at all", "is none"),
        ("a.zip", bomb(), "unpacks to too many times its size"),
        ("a.zip", zipped({"../../areas.shp": b"x", "areas.dbf": b"x"}), "leads out of it"),
        ("a.zip", zipped({"/etc/areas.shp": b"x"}), "leads out of it"),
        ("a.zip", zipped({f"{i}.shp": b"" for i in range(101)}), "too many entries"),
        ("a.zip", link(), "holds a link"),
        ("a.zip", zipped({"a.geojson": made.row_of_squares()}), "without a .shp"),
        ("a.zip", zipped({"a.shp": b"\x00\x00\x27\x0a" + b"\x00" * 200, "a.dbf": b"\x03"}), "cannot be read"),
        ("a.zip", made.zipped({"a.shp": b"", "a.dbf": b""})[:-30], "cannot be opened"),
        ("a.kml", made.kml(ring(0, 0), head=LAUGHS), "document type or entities"),
        ("a.kml", b"<kml><Document>", "not valid KML"),
        ("a.kml", VRT, "no KML"),
        ("a.geojson", VRT, "only a file named .kml"),
        ("a.gpkg", VRT, "only a file named .kml"),
        ("a.gpkg", b"SQLite format 3\x00" + b"\x00" * 400, "cannot be read"),
        ("a.fgb", b"fgb\x03fgb\x00" + b"\xff" * 400, "holds no layer"),
        ("a.geojson", b"[" * 100_000, "nested too deep"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [], "crs": 1}', "holds no features"),
        ("a.geojson", geojson(feature([ring(0, 0)]), crs={"properties": {"name": "EPSG:999999"}}), "nobody knows"),
        ("a.csv", b"a,b\n1,2\n", "must be GeoJSON"),
        ("a.shp", b"\x00\x00\x27\x0a", "one part of a Shapefile"),
    ],
)
def test_what_is_hostile_or_no_boundary_file_is_refused_in_words(filename: str, content: bytes, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        look(content, filename)


def test_a_declared_count_of_ten_billion_features_is_refused_before_reading(tmp_path: Path) -> None:
    """A GeoPackage states its count in a table; GDAL believes it, and cuts it to 32 bits."""
    path = tmp_path / "a.gpkg"
    made.by_gdal(path, "GPKG", crs="EPSG:4326", shapes=SQUARES, names=["a", "b"])
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE gpkg_ogr_contents SET feature_count = 10000000000")
        database.commit()
    with pytest.raises(DomainError, match=r"declares [0-9,]+ features, at most 40,000"):
        look(path.read_bytes(), "a.gpkg")


def test_too_many_features_are_refused_with_count_and_bound() -> None:
    content = b'{"type": "FeatureCollection", "features": [' + b",".join([b"{}"] * 40_001) + b"]}"
    with pytest.raises(DomainError, match="40,001 features, at most 40,000"):
        look(content, "a.geojson")


def test_reading_that_takes_too_long_is_killed_and_said_so() -> None:
    with pytest.raises(Invalid, match="too complex"):
        look(made.row_of_squares(), "a.geojson", limit_s=0.01)


def test_a_file_that_needs_too_much_memory_is_refused() -> None:
    """Every pair of brackets takes 56 bytes once it is read."""
    content = b'{"type": "FeatureCollection", "features": [' + b",".join([b"[]"] * 20_000_000) + b"]}"
    with pytest.raises(Invalid, match="memory"):
        look(content, "a.geojson")


def test_a_repair_that_would_take_minutes_ends_in_a_refusal() -> None:
    """3,000 corners at random cross each other millions of times."""
    corners = np.random.default_rng(1).random((3_000, 2)).tolist()
    content = geojson(feature([[*corners, corners[0]]]))
    assert look(content, "a.geojson")["n_repairable"] == 1
    with pytest.raises(Invalid, match=r"too complex|too much memory"):
        look(content, "a.geojson", limit_s=10, repair=True)


def test_the_reading_process_has_no_network() -> None:
    """Where the system lets a process give up its network; a listener waits on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        script = (
            "import socket; from territory.layers.files.confinement import confine; confine();"
            f"print(socket.socket().connect_ex(('127.0.0.1', {listener.getsockname()[1]})), len(socket.if_nameindex()))"
        )
        said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=BASE)
    code, n_interfaces = map(int, said.stdout.split())
    if n_interfaces > 1:
        pytest.skip("this system does not let a process give up its network")
    assert code != 0


def test_a_file_over_the_most_bytes_is_too_large() -> None:
    with pytest.raises(TooLarge, match="104,857,600"):
        look(b" " * (100 * 1024 * 1024 + 1), "a.geojson")


def test_units_take_the_chosen_code_and_touch_their_neighbours() -> None:
    units = units_of(made.row_of_squares(3), "a.geojson", code="code")
    assert units.codes == ["S0", "S1", "S2"]
    assert units.edges.tolist() == [[0, 1], [1, 2]]


def test_equal_codes_are_refused_or_merged_by_choice() -> None:
    content = geojson(*(feature([ring(i, 0)], region="north" if i < 2 else "south") for i in range(3)))
    with pytest.raises(Invalid, match="“north” in features 1, 2"):
        units_of(content, "a.geojson", code="region")
    units = units_of(content, "a.geojson", code="region", merge=True)
    assert (units.codes, [area.area for area in units.boundaries]) == (["north", "south"], [2, 1])


def test_features_with_problems_are_left_out_only_by_choice() -> None:
    content = geojson(feature([ring(0, 0)]), feature([BOWTIE]))
    with pytest.raises(Invalid, match="cannot be units"):
        units_of(content, "a.geojson", code=None)
    assert units_of(content, "a.geojson", code=None, skip=True).codes == ["1"]


def test_areas_touch_along_a_line_or_a_part_of_one_but_not_in_a_corner() -> None:
    """0 | 1 share half an edge with no corner in common; 2 meets 0 in one corner; 3 overlaps 1."""
    boxes = [(0, 0, 1, 2), (1, 0.5, 2, 1.5), (-1, 2, 0, 3), (1.5, 1, 3, 3)]
    areas = [shapely.MultiPolygon([shapely.box(*box)]) for box in boxes]
    assert touching_pairs(areas).tolist() == [[0, 1], [1, 3]]


@pytest.mark.skipif(not settings.US_ATLAS.is_dir(), reason="the county boundaries (npm us-atlas) are not installed")
def test_counties_as_a_file_touch_as_their_shared_arcs_say() -> None:
    atlas = counties(["GA", "AL"])
    pairs = touching_pairs(atlas.boundaries)
    assert json.dumps(pairs.tolist()) == json.dumps(atlas.edges.tolist())
