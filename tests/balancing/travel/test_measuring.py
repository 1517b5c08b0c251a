"""Travel measured by a job over a drawn road, from the request to the figures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from rest_framework.test import APIClient

from balancing.models import TravelLegs
from balancing.travel.measure import measure_travel
from tests.balancing.grid import SOUTH, WEST, Land
from tests.balancing.travel.drawn import degree_roads
from tests.cast import Cast
from workspace.jobs import JobCancelled, kind_of
from workspace.lease import claim
from workspace.models import Job, Member, TeamKind
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
KM_PER_DEGREE = 93.36  # of longitude at 33.5° N
MIDDLES = [(WEST + 0.5 + column, SOUTH + 0.5) for column in range(4)]


@pytest.fixture
def road(settings: Any, tmp_path: Path) -> Path:
    """One primary road from the middle of each square to the next, at 60 km/h."""
    settings.ROADS_ROOT = tmp_path / "roads"
    degree_roads(tmp_path, MIDDLES, {"highway": "primary"}).save(settings.ROADS_ROOT)
    return settings.ROADS_ROOT


def settled(land: Land, name: str, lon: float, lat: float) -> None:
    with workspace(land.company.workspace.id):
        rep = land.territories[name].rep
        rep.home = Point(lon, lat, srid=4326)
        rep.save()


def measure(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    response = client.post(f"/api/v1/alignments/{land.alignment.pk}/travel", values)
    assert response.status_code == 202, response.json()
    work_off(land, response.json()["job"]["id"])
    return client.get(f"/api/v1/alignments/{land.alignment.pk}/travel").json()


def work_off(land: Land, job_id: int) -> None:
    lease = claim(workspace_id=land.company.workspace.id, job_id=job_id)
    assert lease is not None
    kind_of(lease.job.kind).handler(lease)


def two(land: MakeLand) -> Land:
    """West has two squares, East two; twelve visits a year to the one account in each."""
    made = land(1, 4, territories=[("West", [0, 1]), ("East", [2, 3])])
    settled(made, "West", *MIDDLES[0])
    return made


def test_minutes_and_hours_are_those_of_the_road(cast: Cast, client_of: ClientOf, land: MakeLand, road: Path) -> None:
    """West lives at its first account; the second is a degree away: 0 and about 93 minutes."""
    made = two(land)
    found = measure(client_of(cast.manager), made)
    assert (found["measurement"]["engine"], found["is_current"], found["job"]["state"]) == ("road_graph", True, "done")
    west, east = found["measurement"]["territories"]
    far_min = KM_PER_DEGREE * 0.995  # the ellipsoid is a little wider here than the rounded figure says
    assert west["max_min"] == pytest.approx(KM_PER_DEGREE, rel=0.01)
    assert west["mean_min"] == pytest.approx(west["max_min"] / 2, rel=0.01)
    assert west["p90_min"] == pytest.approx(0.9 * west["max_min"], rel=0.01)
    assert west["travel_h"] == pytest.approx(12 * 2 * west["max_min"] / 60 / 4, rel=0.01)
    assert west["travel_km"] == pytest.approx(west["travel_h"] * 60, rel=0.01)
    assert (west["base"], west["n_accounts"], west["n_beyond"], west["n_fallback"]) == ("home", 2, 1, 0)
    assert (east["base"], east["n_beyond"]) == ("middle", 0)
    assert east["max_min"] == pytest.approx(far_min / 2, rel=0.02)
    score = client_of(cast.manager).get(f"/api/v1/alignments/{made.alignment.pk}/scorecard").json()
    assert west["estimate_h"] == pytest.approx(score["territories"][0]["travel_h"])


def test_the_estimate_is_an_engine_and_gives_the_scorecards_hours(
    cast: Cast, client_of: ClientOf, land: MakeLand, settings: Any, tmp_path: Path
) -> None:
    settings.ROADS_ROOT = tmp_path / "none"
    found = measure(client_of(cast.manager), two(land))
    assert [engine["name"] for engine in found["engines"]] == ["estimate"]
    for row in found["measurement"]["territories"]:
        assert row["travel_h"] == pytest.approx(row["estimate_h"], rel=1e-5)
        assert row["travel_km"] == pytest.approx(row["estimate_km"], rel=1e-5)


def test_accounts_far_from_every_road_are_estimated_and_counted(
    cast: Cast, client_of: ClientOf, land: MakeLand, settings: Any, tmp_path: Path
) -> None:
    """The road ends at the second square."""
    settings.ROADS_ROOT = tmp_path / "roads"
    degree_roads(tmp_path, MIDDLES[:2], {"highway": "primary"}).save(settings.ROADS_ROOT)
    made = land(1, 4, territories=[("West", [0, 1, 2]), ("East", [3])])
    settled(made, "West", *MIDDLES[0])
    west, east = measure(client_of(cast.manager), made)["measurement"]["territories"]
    assert (west["n_fallback"], east["n_fallback"]) == (1, 1)
    assert "No drive" in west["fallback_reason"]
    assert west["max_min"] == pytest.approx(2 * KM_PER_DEGREE * 1.3 / 70 * 60, rel=0.01)


def test_an_edit_makes_the_figures_old_and_they_say_so(
    cast: Cast, client_of: ClientOf, land: MakeLand, road: Path
) -> None:
    made, client = two(land), client_of(cast.manager)
    first = measure(client, made)
    with workspace(cast.workspace.id):
        made.alignment.revision += 1
        made.alignment.save()
    address = f"/api/v1/alignments/{made.alignment.pk}/travel"
    old = client.get(address).json()
    assert (old["is_current"], old["measurement"]["revision"]) == (False, first["revision"])
    assert measure(client, made)["is_current"]
    settled(made, "West", *MIDDLES[1])
    assert not client.get(address).json()["is_current"]


def test_legs_that_are_known_are_not_asked_for_again(
    cast: Cast, client_of: ClientOf, land: MakeLand, road: Path
) -> None:
    """Stored under a home and a version; what is stored is believed."""
    made, client = two(land), client_of(cast.manager)
    first = measure(client, made)["measurement"]["territories"][0]
    with workspace(cast.workspace.id):
        (row,) = TravelLegs.objects.all()
        row.minutes = bytes(len(row.minutes))
        row.save()
    assert measure(client, made)["measurement"]["territories"][0]["max_min"] == 0
    with workspace(cast.workspace.id):
        row.version = "another graph"
        row.save()
    again = measure(client, made)["measurement"]["territories"][0]
    assert again["max_min"] == pytest.approx(first["max_min"], rel=1e-5)
    with workspace(cast.workspace.id):
        assert TravelLegs.objects.count() == 1


class StoppedAfterOne:
    """A job that is cancelled once one territory is measured."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, fraction: float, message: str, **detail: Any) -> None:
        if fraction > 0:
            raise JobCancelled

    def check(self) -> None: ...

    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None:
        raise AssertionError("a cancelled job does not finish")


def test_a_measurement_cancelled_at_work_writes_no_figures_and_keeps_its_legs(
    cast: Cast, client_of: ClientOf, land: MakeLand, road: Path
) -> None:
    made, client = two(land), client_of(cast.manager)
    address = f"/api/v1/alignments/{made.alignment.pk}/travel"
    job_id = client.post(address, {}).json()["job"]["id"]
    with workspace(cast.workspace.id):
        job = Job.objects.get(pk=job_id)
    with pytest.raises(JobCancelled):
        measure_travel(StoppedAfterOne(job))
    assert client.get(address).json()["measurement"] is None
    with workspace(cast.workspace.id):
        assert TravelLegs.objects.count() == 1


def test_an_alignment_deleted_meanwhile_is_not_measured(
    cast: Cast, client_of: ClientOf, land: MakeLand, road: Path
) -> None:
    made = two(land)
    job_id = client_of(cast.manager).post(f"/api/v1/alignments/{made.alignment.pk}/travel", {}).json()["job"]["id"]
    with workspace(cast.workspace.id):
        made.alignment.delete()
    work_off(made, job_id)
    with workspace(cast.workspace.id):
        assert Job.objects.get(pk=job_id).state == "done"


def test_inside_teams_do_not_travel(cast: Cast, client_of: ClientOf, land: MakeLand, road: Path) -> None:
    made = two(land)
    with workspace(cast.workspace.id):
        cast.team.kind = TeamKind.INSIDE
        cast.team.save()
    address = f"/api/v1/alignments/{made.alignment.pk}/travel"
    assert client_of(cast.manager).post(address, {}).status_code == 409
    assert client_of(cast.manager).get(address).json()["engines"] == []


@pytest.mark.parametrize(
    "asked", [{"engine": "osrm"}, {"engine": "rocket"}, {"limit_min": 0}, {"limit_min": "far"}, {"limit_min": 1e9}]
)
def test_what_cannot_be_measured_is_refused(
    asked: dict[str, Any], cast: Cast, client_of: ClientOf, land: MakeLand, road: Path
) -> None:
    made = two(land)
    response = client_of(cast.manager).post(f"/api/v1/alignments/{made.alignment.pk}/travel", asked)
    assert response.status_code == 400
    assert next(iter(asked)) in str(response.json()["errors"])


def test_the_same_key_asks_once(cast: Cast, client_of: ClientOf, land: MakeLand, road: Path) -> None:
    made, client = two(land), client_of(cast.manager)
    address = f"/api/v1/alignments/{made.alignment.pk}/travel"
    first, second = (client.post(address, {}, headers={"Idempotency-Key": "k"}).json() for _ in range(2))
    assert first["id"] == second["id"]


def test_isochrones_grow_along_the_road(cast: Cast, client_of: ClientOf, land: MakeLand, road: Path) -> None:
    made = two(land)
    address = f"/api/v1/territories/{made.territories['West'].pk}/isochrones"
    found = client_of(cast.viewer).get(address).json()
    assert (found["engine"], found["base"]) == ("road_graph", "home")
    assert [feature["properties"]["minutes"] for feature in found["features"]] == [10, 20, 30, 60]
    for feature in found["features"]:
        lons = [lon for ring in feature["geometry"]["coordinates"] for part in ring for lon, _ in part]
        km_east = (max(lons) - MIDDLES[0][0]) * KM_PER_DEGREE
        assert km_east == pytest.approx(feature["properties"]["minutes"], abs=3 * feature["properties"]["cell_km"])


def test_isochrones_without_roads_are_circles_and_say_so(
    cast: Cast, client_of: ClientOf, land: MakeLand, settings: Any, tmp_path: Path
) -> None:
    settings.ROADS_ROOT = tmp_path / "none"
    made = two(land)
    address = f"/api/v1/territories/{made.territories['West'].pk}/isochrones"
    found = client_of(cast.viewer).get(f"{address}?minutes=60").json()
    (circle,) = found["features"]
    lons = [lon for lon, _ in circle["geometry"]["coordinates"][0][0]]
    assert found["engine"] == "estimate"
    assert (max(lons) - min(lons)) * KM_PER_DEGREE / 2 == pytest.approx(70 / 1.3, rel=0.01)
    for wrong in (",", "ten", "0", "-5", "nan", "inf", "1,2,3,4,5,6,7", "1000"):
        assert client_of(cast.viewer).get(f"{address}?minutes={wrong}").status_code == 400, wrong
