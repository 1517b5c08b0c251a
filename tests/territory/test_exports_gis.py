"""Territories in the files of map programs: what is read back is what the GeoJSON says."""

import io
import zipfile
from pathlib import Path

import pyogrio
import pytest
import shapely
from rest_framework.test import APIClient
from shapely.geometry import shape

from territory.models import Alignment
from tests.territory.exporting import take, take_json
from tests.territory.world import World

FORMATS = ("territories.gpkg", "territories.shp.zip", "territories.kml")


@pytest.fixture
def plan(world: World) -> Alignment:
    world.account(0, 0, revenue=123456, visits_per_year=6.0, service_min_per_visit=30.0)
    alignment = world.alignment()
    world.territory(alignment, "Süd „Ost“", "0-0", "1-0", rep_id=world.rep("Ines").pk)
    world.territory(alignment, "=cmd()", "2-2")
    return alignment


def read_back(content: bytes, key: str, folder: Path) -> dict[str, tuple[dict, shapely.Geometry]]:
    """Territory name → its fields and boundary."""
    path = folder / key
    if key.endswith(".zip"):
        zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
        path = folder / "territories.shp"
    else:
        path.write_bytes(content)
    meta, _, shapes, columns = pyogrio.raw.read(path)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    names = [row.get("Name") or row["name"] for row in rows]
    return dict(zip(names, zip(rows, shapely.from_wkb(shapes), strict=True), strict=True))


@pytest.mark.parametrize("key", FORMATS)
def test_a_file_says_what_the_geojson_says(plan: Alignment, manager: APIClient, tmp_path: Path, key: str) -> None:
    found = read_back(take(manager, key, plan), key, tmp_path)
    features = take_json(manager, "territories.geojson", plan)["features"]
    expected = {feature["properties"]["name"]: feature for feature in features}
    assert set(found) == set(expected)
    for name, (row, boundary) in found.items():
        assert boundary.equals(shape(expected[name]["geometry"]))
        wanted = expected[name]["properties"]
        assert (str(row["code"]), str(row["rep"] or "")) == (wanted["code"], wanted["rep"] or "")
        assert (float(row["revenue"]), int(row["accounts"])) == (wanted["revenue"], wanted["accounts"])


@pytest.mark.parametrize("key", FORMATS)
def test_an_alignment_without_a_territory_or_without_ground_is_a_file_all_the_same(
    world: World, manager: APIClient, tmp_path: Path, key: str
) -> None:
    alignment = world.alignment()
    assert read_back(take(manager, key, alignment), key, tmp_path) == {}
    world.territory(alignment, "Empty")
    [(_, boundary)] = read_back(take(manager, key, alignment), key, tmp_path).values()
    assert boundary is None or boundary.is_empty
