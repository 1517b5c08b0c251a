"""Every write says which revision it was made on; two editors lose nothing."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from rest_framework.test import APIClient

from territory.models import Alignment, Territory
from territory.services.edit_alignment import edit_alignment
from tests.cast import make_cast
from tests.territory.world import World
from workspace.exceptions import Stale
from workspace.models import Change, Member
from workspace.tenancy import workspace


def test_an_edit_without_the_revision_is_refused(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    answer = manager.post(f"/api/v1/alignments/{alignment.pk}/edits", {"op": "add_territory", "name": "North"})
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")


def test_a_stale_revision_is_refused_with_what_changed(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    world.territory(alignment, "North")
    answer = manager.post(
        f"/api/v1/alignments/{alignment.pk}/edits",
        {"op": "add_territory", "name": "South"},
        headers={"If-Match": '"1"'},
    )
    body = answer.json()
    assert (answer.status_code, body["code"], body["revision"]) == (412, "stale", 2)
    assert [change["label"] for change in body["changes"]] == ["Added territory “North”"]
    assert not Territory.objects.filter(alignment=alignment, name="South").exists()


@pytest.mark.parametrize(("method", "path"), [("patch", ""), ("delete", ""), ("post", "/publish"), ("post", "/undo")])
def test_all_other_writes_need_the_revision_too(world: World, manager: APIClient, method: str, path: str) -> None:
    url = f"/api/v1/alignments/{world.alignment().pk}{path}"
    assert getattr(manager, method)(url, {}).status_code == 428
    assert getattr(manager, method)(url, {}, headers={"If-Match": '"99"'}).status_code == 412


def test_a_revision_that_is_no_number_is_refused_in_words(world: World, manager: APIClient) -> None:
    url = f"/api/v1/alignments/{world.alignment().pk}"
    answer = manager.patch(url, {"name": "x"}, headers={"If-Match": "latest"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "If-Match")


def test_an_answer_carries_the_revision_for_the_next_edit(world: World, manager: APIClient) -> None:
    url = f"/api/v1/alignments/{world.alignment().pk}"
    first = manager.get(url)
    assert first["ETag"] == '"1"'
    edited = manager.post(f"{url}/edits", {"op": "add_territory", "name": "A"}, headers={"If-Match": first["ETag"]})
    assert edited["ETag"] == '"2"'


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_lose_nothing() -> None:
    cast = make_cast()
    with workspace(cast.workspace.pk):
        alignment = World(cast.workspace, cast.team, cast.manager).alignment()
    editors = [add_until_done(alignment.pk, actor, 8) for actor in (cast.manager, cast.admin)]
    threads = [threading.Thread(target=editor) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with workspace(cast.workspace.pk):
        names = sorted(Territory.objects.filter(alignment=alignment).values_list("name", flat=True))
        codes = set(Territory.objects.filter(alignment=alignment).values_list("code", flat=True))
        revisions = list(
            Change.objects.filter(subject_kind="alignment", subject_id=alignment.pk)
            .order_by("id")
            .values_list("revision_after", flat=True)
        )
        assert names == sorted(f"{who} {i}" for who in (cast.manager.pk, cast.admin.pk) for i in range(8))
        assert len(codes) == 16
        assert revisions == list(range(1, 18))
        assert Alignment.objects.get(pk=alignment.pk).revision == 17


def add_until_done(alignment_id: int, actor: Member, count: int) -> Callable[[], None]:
    """An editor who looks at the revision, edits, and looks again when somebody was faster."""

    def work() -> None:
        try:
            done = 0
            while done < count:
                with workspace(actor.workspace_id):
                    revision = Alignment.objects.values_list("revision", flat=True).get(pk=alignment_id)
                try:
                    with workspace(actor.workspace_id):
                        edit_alignment(
                            alignment_id,
                            operation="add_territory",
                            arguments={"name": f"{actor.pk} {done}"},
                            revision=revision,
                            actor=actor,
                        )
                except Stale:
                    continue
                done += 1
        finally:
            connection.close()

    return work
