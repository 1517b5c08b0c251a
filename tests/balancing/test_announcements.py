"""What webhooks are told of: once for each thing that happened, and not for what did not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from territory.services.alignments import propose_alignment, publish_alignment
from territory.services.create_alignment import create_alignment
from tests.accounts.files import GOOD, import_file
from tests.balancing.grid import Land
from tests.balancing.running import finish
from tests.cast import Cast
from workspace.jobs import JobFailed
from workspace.models import Delivery, EventKind, Member
from workspace.services.webhooks import create_webhook
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]


@pytest.fixture(autouse=True)
def listening(cast: Cast) -> None:
    cache.clear()
    with workspace(cast.workspace.id):
        create_webhook(url="https://receiver.example/hook", events=list(EventKind), actor=cast.admin)


def told(cast: Cast) -> list[tuple[str, dict[str, Any]]]:
    with workspace(cast.workspace.id):
        return [(row.kind, row.payload["data"]) for row in Delivery.objects.order_by("id")]


def test_an_import_is_told_with_its_counts(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        import_file(cast.ops, GOOD)
    [(kind, data)] = told(cast)
    assert (kind, data["kind"], data["n_rows"], data["n_created"]) == ("import.done", "accounts", 3, 3)


def test_an_import_that_was_refused_is_not_told(cast: Cast) -> None:
    with workspace(cast.workspace.id), pytest.raises(JobFailed):
        import_file(cast.ops, "id,name,lat,lng\n1,Oak,999,0\n")
    assert told(cast) == []


def test_a_run_is_told_with_what_it_made(cast: Cast, land: Callable[..., Land], client_of: ClientOf) -> None:
    made = land(2, 4, territories=[("West", [0, 4]), ("East", [1, 2, 3, 5, 6, 7])])
    ended = finish(client_of(cast.manager), made)
    [(kind, data)] = told(cast)
    assert (kind, data["run_id"], data["alignment_id"]) == ("run.done", ended["id"], made.alignment.pk)
    assert (data["is_feasible"], data["result_alignment_id"]) == (True, ended["result_alignment_id"])


def test_proposing_and_publishing_are_told(cast: Cast, land: Callable[..., Land]) -> None:
    made = land(2, 4, territories=[("West", [0, 4]), ("East", [1, 2, 3, 5, 6, 7])])
    with workspace(cast.workspace.id):
        draft = create_alignment(
            name="Next", team=cast.team, basis="units", source="copy", copy_of=made.alignment, actor=cast.manager
        )
        proposed = propose_alignment(draft.pk, revision=draft.revision, actor=cast.manager)
        publish_alignment(draft.pk, revision=proposed.revision, actor=cast.manager)
    assert [kind for kind, _ in told(cast)] == ["alignment.proposed", "alignment.published"]
    assert {data["alignment_id"] for _, data in told(cast)} == {draft.pk}
    assert told(cast)[1][1]["effective_date"] is not None
