"""Who may take which file, from which alignment, and what is remembered of it."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from territory.exports.registry import FORMAT_BY_KEY
from territory.models import Alignment
from tests.cast import Cast
from tests.territory.exporting import URL, take
from tests.territory.world import World
from workspace.models import Change, Member
from workspace.tenancy import workspace

KEYS = (
    "assignments.csv",
    "assignments.xlsx",
    "assignments.parquet",
    "transition.xlsx",
    "units.csv",
    "block-equivalency.csv",
    "territories.geojson",
    "territories.gpkg",
    "territories.shp.zip",
    "territories.kml",
    "salesforce_account_owner.csv",
    "salesforce_territory2.csv",
    "salesforce_object_territory2_association.csv",
)
Login = Callable[[Member], APIClient]


@pytest.fixture
def plan(world: World) -> Alignment:
    world.account(0, 0)
    alignment = world.alignment(name="Spring & Summer")
    world.territory(alignment, "North", "0-0", rep_id=world.rep("Ines").pk)
    return alignment


def needed(key: str, world: World) -> dict[str, int]:
    """What the format cannot do without besides its alignment."""
    return {"against": world.alignment(name="Before").pk} if key == "transition.xlsx" else {}


@pytest.fixture
def ops(cast: Cast, client_of: Login) -> APIClient:
    return client_of(cast.ops)


def test_all_formats_are_listed_with_words_for_people(ops: APIClient) -> None:
    listed = ops.get(URL).json()
    assert tuple(entry["key"] for entry in listed) == KEYS
    assert all(entry["label"] and entry["description"] and entry["filename"] == entry["key"] for entry in listed)


@pytest.mark.parametrize("key", KEYS)
def test_every_format_comes_as_a_named_attachment(world: World, plan: Alignment, ops: APIClient, key: str) -> None:
    response = ops.get(f"{URL}/{key}", {"alignment": plan.pk} | needed(key, world))
    assert response.headers["Content-Type"] == FORMAT_BY_KEY[key].content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="spring-summer-{key}"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).strip()


@pytest.mark.parametrize("key", KEYS)
def test_an_alignment_without_territories_and_accounts_exports_too(world: World, ops: APIClient, key: str) -> None:
    assert take(ops, key, world.alignment(), **needed(key, world))


@pytest.mark.parametrize("role", ["viewer", "rep"])
def test_who_only_reads_takes_nothing_away(plan: Alignment, cast: Cast, client_of: Login, role: str) -> None:
    client = client_of(cast.home.members[role])
    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}/assignments.csv", {"alignment": plan.pk}).status_code == 403


@pytest.mark.parametrize("role", ["admin", "manager", "ops"])
def test_who_works_with_plans_may_export_them(plan: Alignment, cast: Cast, client_of: Login, role: str) -> None:
    assert take(client_of(cast.home.members[role]), "assignments.csv", plan)


@pytest.mark.parametrize("key", KEYS)
def test_a_foreign_alignment_looks_like_one_that_does_not_exist(
    plan: Alignment, cast: Cast, client_of: Login, key: str
) -> None:
    stranger = client_of(cast.foreign.members["admin"])
    foreign = stranger.get(f"{URL}/{key}", {"alignment": plan.pk})
    missing = stranger.get(f"{URL}/{key}", {"alignment": plan.pk + 1_000_000})
    assert foreign.status_code == 404
    assert foreign.content == missing.content


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "abc", "9" * 19, "9" * 5000, "²", "1 OR 1=1"])
def test_what_is_no_alignment_id_is_not_found(plan: Alignment, ops: APIClient, value: str) -> None:
    assert ops.get(f"{URL}/assignments.csv", {"alignment": value}).status_code == 404


def test_a_missing_alignment_is_named_as_the_problem(ops: APIClient) -> None:
    response = ops.get(f"{URL}/assignments.csv")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "alignment"


def test_an_unknown_format_is_not_found(plan: Alignment, ops: APIClient) -> None:
    assert ops.get(f"{URL}/assignments.pdf", {"alignment": plan.pk}).status_code == 404


def test_an_export_is_recorded_with_who_and_what(plan: Alignment, cast: Cast, ops: APIClient) -> None:
    take(ops, "territories.geojson", plan)
    change = Change.objects.get(subject_kind="export")
    assert (change.member, change.subject_id, change.patch) == (cast.ops, plan.pk, {"format": "territories.geojson"})
    assert change.label == "Exported Spring & Summer as territories.geojson"


def test_a_refused_export_is_not_recorded(plan: Alignment, cast: Cast, client_of: Login) -> None:
    client_of(cast.viewer).get(f"{URL}/assignments.csv", {"alignment": plan.pk})
    client_of(cast.foreign.members["admin"]).get(f"{URL}/assignments.csv", {"alignment": plan.pk})
    for company in (cast.home, cast.foreign):
        with workspace(company.workspace.id):
            assert not Change.objects.filter(subject_kind="export").exists()
