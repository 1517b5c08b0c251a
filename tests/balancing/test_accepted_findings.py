"""Findings that a team lives with: for a reason, until a day, in copies of the alignment too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from balancing.models import AcceptedFinding
from tests.balancing.grid import Land
from tests.cast import Cast
from workspace.models import Change, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


@pytest.fixture
def made(land: MakeLand) -> Land:
    """East has twice as much as West: one overloaded, one idle."""
    return land(1, 4, territories=[("West", [0, 1]), ("East", [2, 3])], accounts=[2, 2, 4, 4], capacity_h=120)


def findings(client: APIClient, alignment_id: int) -> list[dict[str, Any]]:
    return client.get(f"/api/v1/findings?alignment={alignment_id}").json()


def accept(client: APIClient, alignment_id: int, finding_id: str, **values: Any) -> Any:
    body = {"alignment_id": alignment_id, "finding_id": finding_id, "reason": "a new rep comes in May"}
    return client.post("/api/v1/findings/accept", body | values)


def test_an_accepted_finding_comes_last_with_its_reason(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client, pk = client_of(cast.manager), made.alignment.pk
    first, second = findings(client, pk)
    assert (first["accepted"], second["accepted"]) == (None, None)
    until = timezone.localdate() + timedelta(days=30)
    assert accept(client, pk, first["id"], until=until.isoformat()).status_code == 204
    still, last = findings(client, pk)
    assert (still["id"], last["id"]) == (second["id"], first["id"])
    assert last["accepted"]["reason"] == "a new rep comes in May"
    assert (last["accepted"]["until"], last["accepted"]["by"]) == (until.isoformat(), cast.manager.user.name)
    with workspace(cast.workspace.id):
        assert Change.objects.filter(subject_kind="finding", operation="accept", member=cast.manager).count() == 1


def test_it_is_a_finding_like_any_other_once_its_day_has_passed(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client, pk = client_of(cast.manager), made.alignment.pk
    first = findings(client, pk)[0]
    accept(client, pk, first["id"], until=timezone.localdate().isoformat())
    with workspace(cast.workspace.id):
        AcceptedFinding.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert findings(client, pk)[0]["accepted"] is None


def test_it_can_be_reopened(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client, pk = client_of(cast.manager), made.alignment.pk
    first = findings(client, pk)[0]
    accept(client, pk, first["id"])
    body = {"alignment_id": pk, "finding_id": first["id"]}
    for _ in range(2):
        assert client.post("/api/v1/findings/reopen", body).status_code == 204
    assert [finding["accepted"] for finding in findings(client, pk)] == [None, None]


def test_copies_of_the_alignment_inherit_it(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    first = findings(client, made.alignment.pk)[0]
    accept(client, made.alignment.pk, first["id"])
    body = {"name": "Copy", "team_id": made.alignment.team_id, "source": "copy", "copy_of": made.alignment.pk}
    answer = client.post("/api/v1/alignments", body | {"basis": "units", "unit_layer_id": made.layer.pk})
    assert answer.status_code == 201, answer.json()
    copied = findings(client, answer.json()["id"])
    assert [(finding["title"], finding["accepted"] is not None) for finding in copied][-1] == (first["title"], True)


def test_a_day_in_the_past_and_a_finding_that_is_gone_are_refused_in_words(
    cast: Cast, made: Land, client_of: ClientOf
) -> None:
    client, pk = client_of(cast.manager), made.alignment.pk
    first = findings(client, pk)[0]
    past = accept(client, pk, first["id"], until="2020-01-01")
    assert (past.status_code, past.json()["errors"][0]["field"]) == (400, "until")
    assert accept(client, pk, "overlap-1-2").status_code == 409
    assert accept(client, pk, first["id"], reason=" ").status_code == 400
    with workspace(cast.workspace.id):
        assert not AcceptedFinding.objects.exists()
