"""From an alignment into a CRM: compared, confirmed, pushed, tried again; by the jobs that do it."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from territory.models import Alignment, Connection, ConnectionState, Push, PushRow, Territory
from territory.services.connections import create_connection, protect_accounts
from tests.cast import Cast, make_cast
from tests.connectors.fake import Record, Reply
from tests.connectors.rest_crm import RestCrm
from tests.territory.world import World
from workspace.models import Change, Job
from workspace.tasks import run_job
from workspace.tenancy import workspace


@pytest.fixture(autouse=True)
def private_addresses(settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True


@pytest.fixture
def crm() -> Iterator[RestCrm]:
    with RestCrm() as running:
        running.accounts = {}
        yield running


class Desk:
    """An admin at the API, whose jobs run at once."""

    def __init__(self, cast: Cast, crm: RestCrm) -> None:
        self.cast, self.crm = cast, crm
        self.client = APIClient()
        self.client.force_login(cast.admin.user)
        with workspace(cast.workspace.id):
            self.world = World(cast.workspace, cast.team, cast.manager)
            north, south = self.world.rep("North"), self.world.rep("South")
            for n, row in enumerate((0, 0, 2, 2)):
                self.world.account(0, row, external_id=f"A{n}", name=f"Account {n}")
            self.alignment: Alignment = self.world.alignment()
            self.world.territory(self.alignment, "South", "0-0", rep_id=south.pk)
            self.world.territory(self.alignment, "North", "0-2", rep_id=north.pk)
            for name in ("South", "North"):
                Territory.objects.filter(alignment=self.alignment, name=name).update(code=name[0])
            self.connection: Connection = create_connection(
                kind="rest", name="CRM", base_url=crm.url, credentials=dict(crm.credentials),
                settings=dict(crm.settings), actor=cast.admin,
            )  # fmt: skip
        crm.accounts = {f"A{n}": Record("R-Old", "S" if n < 2 else "") for n in range(4)}

    def send(self, method: str, path: str, **body: object) -> Any:
        answer = getattr(self.client, method)(f"/api/v1/{path}", body, format="json")
        assert answer.status_code < 300, (answer.status_code, answer.content)
        return answer.json()

    def run(self) -> Job:
        """The newest job, to its end."""
        with workspace(self.cast.workspace.id):
            job = Job.objects.order_by("-id").first()
        run_job(self.cast.workspace.id, job.pk)
        with workspace(self.cast.workspace.id):
            return Job.objects.get(pk=job.pk)

    def compare(self) -> dict[str, Any]:
        push = self.send("post", f"connections/{self.connection.pk}/pushes", alignment=self.alignment.pk)
        self.run()
        return self.push(push["id"])

    def push(self, push_id: int) -> dict[str, Any]:
        return self.send("get", f"pushes/{push_id}")

    def start(self, push: dict[str, Any]) -> dict[str, Any]:
        self.send("post", f"pushes/{push['id']}/start", confirmed=push["n_to_push"])
        self.job = self.run()
        return self.push(push["id"])

    def rows(self, push: dict[str, Any], state: str) -> list[dict[str, Any]]:
        return self.send("get", f"pushes/{push['id']}/rows?state={state}")["results"]


@pytest.fixture
def desk(transactional_db: None, crm: RestCrm) -> Desk:
    return Desk(make_cast(), crm)


def test_the_check_notes_who_is_signed_in_and_a_lost_sign_in_in_words(desk: Desk) -> None:
    desk.send("post", f"connections/{desk.connection.pk}/check")
    desk.run()
    seen = desk.send("get", f"connections/{desk.connection.pk}")
    assert (seen["state"], seen["last_error"]) == (ConnectionState.READY, "")
    desk.crm.is_revoked = True
    desk.send("post", f"connections/{desk.connection.pk}/check")
    desk.run()
    seen = desk.send("get", f"connections/{desk.connection.pk}")
    assert seen["state"] == ConnectionState.EXPIRED
    assert "enter its credentials again" in seen["last_error"]


def test_a_comparison_changes_nothing_and_tells_what_a_push_would(desk: Desk) -> None:
    desk.crm.accounts["A0"] = Record("R-South", "S")
    desk.crm.accounts["A1"] = Record()
    del desk.crm.accounts["A2"]
    before = desk.crm.state()
    push = desk.compare()
    assert (push["state"], push["against"]) == ("planned", "crm")
    counts = {name: push[f"n_{name}"] for name in ("accounts", "unchanged", "new", "changed", "unknown", "held")}
    assert counts == {"accounts": 4, "unchanged": 1, "new": 1, "changed": 1, "unknown": 1, "held": 0}
    assert desk.crm.state() == before
    [unknown] = desk.rows(push, "unknown")
    assert (unknown["external_id"], unknown["words"]) == ("A2", "The CRM has no account with this id.")


def test_a_push_writes_only_what_differs_and_the_rollback_file_tells_what_was_there(desk: Desk) -> None:
    desk.crm.accounts["A0"] = Record("R-South", "S")
    push = desk.start(desk.compare())
    assert (push["state"], push["rows"]) == ("done", {"done": 3})
    assert [request.path for request in desk.crm.got if request.method == "PUT"] == [
        f"/accounts/A{n}" for n in (1, 2, 3)
    ]
    assert desk.crm.state()["A3"] == ("R-North", "N")
    answer = desk.client.get(f"/api/v1/pushes/{push['id']}/rollback.csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert lines[1] == ["A1", "Account 1", "R-Old", "R-South", "S", "S"]
    assert len(lines) == 4
    assert desk.compare()["n_to_push"] == 0


def test_what_was_not_taken_is_listed_and_tried_again_alone(desk: Desk) -> None:
    push = desk.compare()
    desk.crm.interrupt(Reply(422, {"message": "Owner is inactive."}))
    push = desk.start(push)
    assert push["rows"] == {"refused": 1, "done": 3}
    assert desk.job.message == "3 pushed, 1 not taken"
    [row] = desk.rows(push, "refused")
    assert (row["external_id"], row["words"]) == ("A0", "Owner is inactive.")
    desk.crm.got.clear()
    desk.send("post", f"pushes/{push['id']}/retry")
    desk.run()
    assert desk.push(push["id"])["rows"] == {"done": 4}
    assert [request.path for request in desk.crm.got] == ["/accounts/A0"]


def test_a_sign_in_lost_in_the_middle_keeps_what_was_done_and_goes_on_later(desk: Desk) -> None:
    push = desk.compare()
    original = desk.crm.answer
    written: list[str] = []

    def revoked_after_two(request: Any) -> Reply:
        written.append(request.path)
        desk.crm.is_revoked = len(written) == 2
        return original(request)

    desk.crm.answer = revoked_after_two  # type: ignore[method-assign]
    push = desk.start(push)
    assert (push["state"], push["rows"]) == ("failed", {"done": 2, "waiting": 2})
    assert "credentials" in push["error"]
    assert desk.send("get", f"connections/{desk.connection.pk}")["state"] == "expired"
    desk.crm.is_revoked = False
    desk.send("post", f"pushes/{push['id']}/retry")
    desk.run()
    assert desk.push(push["id"])["rows"] == {"done": 4}


def test_protected_accounts_are_held_back_to_their_last_day(desk: Desk) -> None:
    today = timezone.now().date()
    text = f"Account id,until\nA0,{today + timedelta(days=1)}\nA1,{today - timedelta(days=1)}\nA2,{today}\n"
    desk.send("put", f"connections/{desk.connection.pk}/protected", text=text)
    push = desk.start(desk.compare())
    assert (push["n_held"], push["rows"]) == (2, {"held": 2, "done": 2})
    assert desk.crm.state()["A0"] == ("R-Old", "S")
    assert desk.crm.state()["A1"] == ("R-South", "S")


def test_the_confirmed_number_must_be_the_one_found(desk: Desk) -> None:
    push = desk.compare()
    answer = desk.client.post(f"/api/v1/pushes/{push['id']}/start", {"confirmed": 3}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["bound"]) == (400, 4)


def test_an_edit_after_the_comparison_asks_for_another(desk: Desk) -> None:
    push = desk.compare()
    with workspace(desk.cast.workspace.id):
        desk.world.territory(desk.alignment, "East", "1-1")
    answer = desk.client.post(f"/api/v1/pushes/{push['id']}/start", {"confirmed": 4}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


def test_a_push_starts_once(desk: Desk) -> None:
    push = desk.compare()
    desk.send("post", f"pushes/{push['id']}/start", confirmed=4)
    for path, body in (
        (f"pushes/{push['id']}/start", {"confirmed": 4}),
        (f"pushes/{push['id']}/retry", {}),
        (f"connections/{desk.connection.pk}/pushes", {"alignment": desk.alignment.pk}),
    ):
        assert desk.client.post(f"/api/v1/{path}", body, format="json").status_code == 409


def test_without_reading_the_last_push_is_compared_with(desk: Desk) -> None:
    with workspace(desk.cast.workspace.id):
        Connection.objects.update(settings={"push": "both"})
    push = desk.compare()
    assert (push["against"], push["n_new"]) == ("pushed", 4)
    desk.start(push)
    again = desk.compare()
    assert (again["against"], again["n_unchanged"], again["n_to_push"]) == ("pushed", 4, 0)


def test_only_owners_go_where_that_was_chosen(desk: Desk) -> None:
    desk.send("patch", f"connections/{desk.connection.pk}", settings=dict(desk.crm.settings) | {"push": "owner"})
    desk.start(desk.compare())
    assert set(desk.crm.state().values()) == {("R-South", "S"), ("R-North", "")}


def test_no_answer_and_no_history_holds_the_secret(desk: Desk) -> None:
    answers = [
        desk.client.get(f"/api/v1/connections/{desk.connection.pk}").content,
        desk.client.patch(
            f"/api/v1/connections/{desk.connection.pk}", {"credentials": {"wrong": "rest-secret-token"}}, format="json"
        ).content,
        desk.client.get("/api/v1/connections").content,
    ]
    with workspace(desk.cast.workspace.id):
        answers += [str(vars(change)).encode() for change in Change.objects.all()]
        answers += [str(vars(row)).encode() for row in Connection.objects.all()]
    assert not [answer for answer in answers if b"rest-secret-token" in answer]


def test_another_workspace_sees_neither_connection_nor_push(desk: Desk) -> None:
    desk.compare()
    with workspace(desk.cast.foreign.workspace.id):
        assert not Connection.objects.exists()
        assert not Push.objects.exists()
        assert not PushRow.objects.exists()


@pytest.mark.parametrize("text", ["A0,tomorrow\nA1,soon", "A0,2026-13-01\nA1,2026-13-01"])
def test_a_protection_without_a_date_is_refused_by_its_line(here: Cast, text: str) -> None:
    connection = create_connection(
        kind="rest", name="CRM", base_url="http://127.0.0.1:9", credentials={"header_value": "x"}, settings={},
        actor=here.admin,
    )  # fmt: skip
    with pytest.raises(Exception, match="line 2"):
        protect_accounts(connection, text=text, actor=here.admin)
