"""Several people on one alignment: who is here, that something changed, and what an edit made late has met."""

import json
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from territory.api import streams
from territory.api.streams import alignment_events
from territory.models import Alignment
from territory.together import follow, people_here
from tests.cast import Cast
from tests.territory.world import World
from workspace.models import Member

ClientOf = Callable[[Member], APIClient]


@pytest.fixture(autouse=True)
def nobody_here_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def every_seat_is_free(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """Answers that earlier tests never closed keep theirs until they are collected."""
    monkeypatch.setattr(streams, "_SEATS", threading.BoundedSemaphore(settings.STREAMS_PER_PROCESS))


@pytest.fixture
def plan(world: World) -> Alignment:
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "0-1")
    world.territory(alignment, "East", "1-0", "1-1")
    alignment.refresh_from_db()
    return alignment


def events(answer: object) -> Iterator[dict]:
    for part in answer.streaming_content:
        for line in part.decode().splitlines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def ids_here(alignment: Alignment, member: Member) -> set[int]:
    return {person.id for person in people_here(alignment, member)}


def test_who_asks_is_here_and_sees_who_else_is(plan: Alignment, cast: Cast, client_of: ClientOf) -> None:
    address = f"/api/v1/alignments/{plan.pk}/together"
    client_of(cast.manager).get(address)
    answer = client_of(cast.admin).get(address).json()
    assert answer["revision"] == plan.revision
    assert {person["id"] for person in answer["here"]} == {cast.manager.pk, cast.admin.pk}


def test_nobody_is_seen_on_another_alignment(world: World, plan: Alignment, cast: Cast) -> None:
    people_here(plan, cast.manager)
    assert ids_here(world.alignment(), cast.admin) == {cast.admin.pk}


def test_an_edit_is_announced_once_it_is_committed(
    world: World, plan: Alignment, cast: Cast, django_capture_on_commit_callbacks: Callable
) -> None:
    before = follow(plan, cast.admin).n_changes
    with django_capture_on_commit_callbacks(execute=True):
        world.territory(plan, "North")
        assert follow(plan, cast.admin).n_changes == before
    assert follow(plan, cast.admin).n_changes > before


def test_a_stream_tells_the_revision_that_the_database_has(
    world: World, plan: Alignment, cast: Cast, django_capture_on_commit_callbacks: Callable
) -> None:
    answer = alignment_events(plan, cast.admin)
    told = events(answer)
    seen = next(told)["revision"]
    with django_capture_on_commit_callbacks(execute=True):
        world.territory(plan, "North")
    assert next(told)["revision"] == seen + 1
    answer.close()


def test_a_stream_of_an_alignment_that_was_deleted_ends(plan: Alignment, cast: Cast) -> None:
    told = events(alignment_events(Alignment(pk=plan.pk + 1, workspace_id=plan.workspace_id), cast.admin))
    assert list(told) == []


def test_a_stream_begins_with_the_present_state(plan: Alignment, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.manager).get(f"/api/v1/alignments/{plan.pk}/together/events")
    assert next(events(answer)) == {
        "revision": plan.revision,
        "here": [{"id": cast.manager.pk, "name": cast.manager.user.name}],
    }
    answer.close()


def test_whoever_breaks_a_stream_off_is_gone(plan: Alignment, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.manager).get(f"/api/v1/alignments/{plan.pk}/together/events")
    next(events(answer))
    answer.close()
    assert ids_here(plan, cast.admin) == {cast.admin.pk}


def test_without_a_seat_a_stream_is_refused_and_a_closed_one_makes_room(
    plan: Alignment, cast: Cast, settings: object
) -> None:
    held = [alignment_events(plan, cast.manager) for _ in range(settings.STREAMS_PER_PROCESS)]
    assert {answer.status_code for answer in held} == {200}
    assert alignment_events(plan, cast.manager).status_code == 204
    held[0].close()
    held.append(alignment_events(plan, cast.manager))
    assert held[-1].status_code == 200
    for answer in held:
        answer.close()


def test_a_stream_ends_of_itself(
    plan: Alignment, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "STREAM_MAX_S", 0.1)
    answer = client_of(cast.manager).get(f"/api/v1/alignments/{plan.pk}/together/events")
    assert len(list(events(answer))) == 1
    answer.close()
    assert cast.manager.pk in ids_here(plan, cast.admin)


def test_without_redis_desks_poll_and_the_alignment_itself_answers(
    plan: Alignment, cast: Cast, client_of: ClientOf, settings: object
) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://localhost:1/0"}}
    client = client_of(cast.manager)
    assert client.get(f"/api/v1/alignments/{plan.pk}/together").json()["revision"] == plan.revision
    assert client.get(f"/api/v1/alignments/{plan.pk}/together/events").status_code == 204


def test_a_stale_edit_is_told_what_others_touched_but_not_what_oneself_did(
    world: World, plan: Alignment, cast: Cast, manager: APIClient
) -> None:
    west = plan.territories.get(name="West")
    world.edit(plan, "assign_units", actor=cast.admin, unit_ids=world.units("2-0"), territory_id=west.pk)
    world.edit(plan, "assign_units", unit_ids=world.units("2-1"), territory_id=west.pk)
    answer = manager.post(
        f"/api/v1/alignments/{plan.pk}/edits",
        {"op": "assign_units", "unit_ids": world.units("2-2"), "territory_id": west.pk},
        headers={"If-Match": f'"{plan.revision - 2}"'},
    )
    assert answer.status_code == 412
    assert answer.json()["touched"] == {
        "unit_ids": world.units("2-0"),
        "account_ids": [],
        "territory_ids": [],
        "holder_ids": [west.pk],
    }
