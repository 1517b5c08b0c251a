"""Events reach a real receiver: signed, in the end, and at least once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from tests.cast import Cast, make_cast
from tests.workspace.receiver import Receiver, is_signed, receiver
from workspace.models import Change, Delivery, DeliveryState, EventKind, Member, Webhook
from workspace.sealing import CannotOpen, derived_key, unseal
from workspace.services.webhooks import announce_event, create_webhook, delete_webhook, update_webhook
from workspace.tasks import drop_old_deliveries
from workspace.tenancy import workspace
from workspace.webhooks.crew import Crew
from workspace.webhooks.sending import BACK_OFF, MAX_ATTEMPTS, Due, claim, deliver_to, due_webhooks, send

ClientOf = Callable[[Member], APIClient]
HOOKS = "/api/v1/webhooks"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def private_addresses(settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True


@pytest.fixture
def ears() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def hook(cast: Cast, ears: Receiver) -> tuple[Webhook, str]:
    return listen(cast, ears)


def listen(cast: Cast, ears: Receiver, *events: str) -> tuple[Webhook, str]:
    with workspace(cast.workspace.id):
        return create_webhook(url=ears.url, events=events or ["run.done"], actor=cast.admin)


def announce(cast: Cast, kind: EventKind = EventKind.RUN_DONE, **data: object) -> None:
    with workspace(cast.workspace.id):
        announce_event(actor=cast.manager, kind=kind, data=data)


def deliveries(cast: Cast) -> list[Delivery]:
    with workspace(cast.workspace.id):
        return list(Delivery.objects.order_by("id"))


def make_due(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
        waiting.update(next_attempt_at=timezone.now() - SECOND)


def deliver() -> None:
    for due in due_webhooks():
        deliver_to(due)


def test_an_event_arrives_signed_with_its_id_and_what_happened(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str]
) -> None:
    announce(cast, run_id=7, name="Süd")
    deliver()
    [got] = ears.got
    [sent] = deliveries(cast)
    assert is_signed(got, hook[1])
    assert not is_signed(got, "whsec_" + "AAAA" * 8)
    assert got.headers["webhook-id"] == str(sent.event_id) == sent.payload["id"]
    assert got.body.decode().endswith("}")
    assert (sent.state, sent.last_status, sent.attempts) == (DeliveryState.DELIVERED, 200, 1)
    assert sent.payload["data"] == {"run_id": 7, "name": "Süd"}


def test_only_who_listens_is_told(cast: Cast, ears: Receiver) -> None:
    listen(cast, ears, "import.done")
    announce(cast, EventKind.RUN_DONE)
    assert deliveries(cast) == []
    announce(cast, EventKind.IMPORT_DONE)
    assert len(deliveries(cast)) == 1


def test_another_workspace_is_not_told(cast: Cast, hook: tuple[Webhook, str]) -> None:
    with workspace(cast.foreign.workspace.id):
        announce_event(actor=cast.foreign.members["manager"], kind=EventKind.RUN_DONE, data={})
        assert not Webhook.objects.exists()
        assert not Delivery.objects.exists()
    assert deliveries(cast) == []
    assert list(Delivery.objects.all()) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_told(ears: Receiver) -> None:
    cast = make_cast()
    listen(cast, ears)
    with workspace(cast.workspace.id):
        announce_event(actor=cast.manager, kind=EventKind.RUN_DONE, data={})
        transaction.set_rollback(True)
    deliver()
    assert ears.got == []


def test_an_address_that_fails_is_tried_again_at_growing_distances_and_then_given_up(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str]
) -> None:
    ears.answers = [500]
    announce(cast)
    for attempt, pause in enumerate(BACK_OFF, start=1):
        before = timezone.now()
        deliver()
        [row] = deliveries(cast)
        assert (row.state, row.attempts, row.last_status) == (DeliveryState.WAITING, attempt, 500)
        assert before + pause <= row.next_attempt_at <= timezone.now() + pause
        deliver()
        assert len(ears.got) == attempt, "not before its time"
        make_due(cast)
    deliver()
    [row] = deliveries(cast)
    assert (row.state, row.attempts, row.next_attempt_at) == (DeliveryState.FAILED, MAX_ATTEMPTS, None)
    assert row.last_error == "It answered with status 500."
    assert len({got.headers["webhook-id"] for got in ears.got}) == 1
    assert len({got.body for got in ears.got}) == 1


def test_an_address_that_recovers_gets_the_event(cast: Cast, ears: Receiver, hook: tuple[Webhook, str]) -> None:
    ears.answers = [503, 200]
    announce(cast)
    deliver()
    make_due(cast)
    deliver()
    assert deliveries(cast)[0].state == DeliveryState.DELIVERED


def test_a_redirect_is_a_failure_and_not_followed(cast: Cast, ears: Receiver, hook: tuple[Webhook, str]) -> None:
    ears.answers = [302]
    with receiver() as elsewhere:
        ears.location = elsewhere.url
        announce(cast)
        deliver()
        assert elsewhere.got == []
    assert deliveries(cast)[0].last_error == "It answered with status 302, and redirects are not followed."


def test_nobody_listening_is_a_failure_in_words(cast: Cast) -> None:
    with receiver() as gone:
        listen(cast, gone)
    announce(cast)
    deliver()
    [row] = deliveries(cast)
    assert (row.last_status, row.last_error) == (None, "It could not be reached.")


def test_an_address_that_leads_inside_is_refused_when_it_is_called(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str], settings: Any
) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = False
    with workspace(cast.workspace.id):
        Webhook.objects.update(url=f"https://localhost:{ears.port}/")
    announce(cast)
    deliver()
    assert deliveries(cast)[0].last_error == "The address leads into a private network."
    assert ears.n_connections == 0


def test_a_sender_that_dies_before_sending_leaves_the_event_to_the_next(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str]
) -> None:
    announce(cast)
    assert claim(Due(cast.workspace.id, hook[0].id)) is not None  # … and dies
    deliver()
    assert ears.got == [], "claimed"
    make_due(cast)
    deliver()
    assert len(ears.got) == 1


def test_a_sender_that_dies_after_sending_makes_it_arrive_twice_under_one_id(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str]
) -> None:
    announce(cast)
    delivery = claim(Due(cast.workspace.id, hook[0].id))
    assert delivery is not None
    make_due(cast)  # its claim is over, nobody heard of it
    deliver()
    assert not send_late(delivery)
    assert len(ears.got) == 2
    assert len({got.headers["webhook-id"] for got in ears.got}) == 1
    assert deliveries(cast)[0].attempts == 2


def send_late(delivery: Delivery) -> bool:
    """A sender that comes back after another took its place writes nothing; whether it changed the row."""
    with workspace(delivery.workspace_id):
        before = Delivery.objects.values().get(pk=delivery.pk)
    send(delivery)
    with workspace(delivery.workspace_id):
        return before != Delivery.objects.values().get(pk=delivery.pk)


def test_a_sender_that_dies_at_every_attempt_is_given_up(cast: Cast, ears: Receiver, hook: tuple[Webhook, str]) -> None:
    announce(cast)
    for _ in range(MAX_ATTEMPTS):
        claim(Due(cast.workspace.id, hook[0].id))
        make_due(cast)
    deliver()
    assert deliveries(cast)[0].state == DeliveryState.FAILED


@pytest.mark.django_db(transaction=True)
def test_several_senders_send_each_event_once_and_a_hanging_address_delays_nobody(settings: Any) -> None:
    cast = make_cast()
    with receiver() as ears, receiver("hang") as hanging:
        listen(cast, hanging)
        hook, _ = listen(cast, ears)
        for number in range(30):
            announce(cast, number=number)
        with Crew(look_every_s=0.01), Crew(look_every_s=0.01):
            wait_for(cast, hook, n=30)
            hanging.let_go.set()
        assert len(hanging.got) >= 1
        ids = [got.headers["webhook-id"] for got in ears.got]
    assert len(ids) == len(set(ids)) == 30
    connection.close()


def wait_for(cast: Cast, hook: Webhook, *, n: int) -> None:
    """Until so many have arrived; the senders write in threads of their own."""
    until = timezone.now() + 30 * SECOND
    while timezone.now() < until:
        with workspace(cast.workspace.id):
            if Delivery.objects.filter(webhook=hook, state=DeliveryState.DELIVERED).count() == n:
                return
    raise TimeoutError


def test_turning_off_gives_up_what_waits_and_asks_for_nothing_new(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str]
) -> None:
    announce(cast)
    with workspace(cast.workspace.id):
        update_webhook(hook[0], actor=cast.admin, is_active=False)
    announce(cast)
    deliver()
    [row] = deliveries(cast)
    assert (row.state, row.last_error) == (DeliveryState.FAILED, "The webhook was turned off.")
    assert ears.got == []


def test_an_admin_makes_tests_and_reads_a_webhook(cast: Cast, ears: Receiver, client_of: ClientOf) -> None:
    client = client_of(cast.admin)
    made = client.post(HOOKS, {"url": ears.url, "events": ["run.done", "import.done"]})
    assert made.status_code == 201, made.json()
    secret, address = made.json()["secret"], f"{HOOKS}/{made.json()['id']}"
    assert secret.startswith("whsec_")
    assert made.json()["events"] == ["import.done", "run.done"]
    assert client.post(f"{address}/test").status_code == 202
    deliver()
    assert is_signed(ears.got[0], secret)
    [listed] = client.get(HOOKS).json()
    assert "secret" not in listed
    assert (listed["last_delivery"]["kind"], listed["last_delivery"]["state"]) == ("ping", "delivered")
    assert [row["kind"] for row in client.get(f"{address}/deliveries").json()["results"]] == ["ping"]
    assert client.delete(address).status_code == 204
    assert client.get(HOOKS).json() == []
    with workspace(cast.workspace.id):
        operations = Change.objects.filter(subject_kind="webhook").order_by("id").values_list("operation", flat=True)
        assert list(operations) == ["create", "test", "delete"]


def test_a_failed_event_is_sent_again_under_its_old_id(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str], client_of: ClientOf
) -> None:
    ears.answers = [410, 200]
    announce(cast)
    deliver()
    [row] = deliveries(cast)
    assert client_of(cast.admin).post(f"/api/v1/webhook-deliveries/{row.id}/redeliver").status_code == 202
    deliver()
    assert deliveries(cast)[0].state == DeliveryState.DELIVERED
    assert len({got.headers["webhook-id"] for got in ears.got}) == 1


def test_a_webhook_that_is_off_sends_neither_tests_nor_old_events(
    cast: Cast, hook: tuple[Webhook, str], client_of: ClientOf
) -> None:
    client = client_of(cast.admin)
    client.patch(f"{HOOKS}/{hook[0].id}", {"is_active": False})
    refused = client.post(f"{HOOKS}/{hook[0].id}/test")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "https://hooks.example.org/", "events": []}, "events"),
        ({"url": "https://hooks.example.org/", "events": ["nonsense"]}, "events.0"),
        ({"url": "ftp://hooks.example.org/", "events": ["run.done"]}, "url"),
        ({"url": "https://127.0.0.1/", "events": ["run.done"]}, "url"),
        ({"url": "https://user@hooks.example.org/", "events": ["run.done"]}, "url"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused_by_field(
    body: dict[str, Any], field: str, cast: Cast, client_of: ClientOf, settings: Any
) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = False
    refused = client_of(cast.admin).post(HOOKS, body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)


def test_deliveries_are_forgotten_after_a_month(cast: Cast, hook: tuple[Webhook, str]) -> None:
    announce(cast)
    deliver()
    announce(cast)
    with workspace(cast.workspace.id):
        Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    drop_old_deliveries()
    assert [row.state for row in deliveries(cast)] == [DeliveryState.WAITING]


def test_deleting_a_webhook_takes_its_deliveries_along(cast: Cast, hook: tuple[Webhook, str]) -> None:
    announce(cast)
    with workspace(cast.workspace.id):
        delete_webhook(hook[0], actor=cast.admin)
    assert deliveries(cast) == []


def test_neither_database_nor_history_holds_the_secret(cast: Cast, hook: tuple[Webhook, str]) -> None:
    announce(cast)
    with workspace(cast.workspace.id):
        rows = [list(model.objects.values()) for model in (Webhook, Delivery, Change)]
    assert hook[1] not in str(rows)
    assert hook[1].removeprefix("whsec_") not in str(rows)


def test_the_history_names_the_host_and_not_the_rest_of_the_address(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        webhook, _ = create_webhook(
            url="https://hooks.example.org/services/T0KEN", events=["run.done"], actor=cast.admin
        )
        update_webhook(webhook, actor=cast.admin, url="https://other.example.org/services/T0KEN")
        told = str(list(Change.objects.values()))
    assert "hooks.example.org" in told
    assert "other.example.org" in told
    assert "T0KEN" not in told


def test_keys_are_changed_without_losing_a_secret_or_a_moment(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str], settings: Any
) -> None:
    old, new = derived_key("tests"), Fernet.generate_key().decode()
    settings.SECRETS_KEYS = [new, old]
    announce(cast)
    deliver()
    call_command("rotate_secrets")
    settings.SECRETS_KEYS = [new]
    announce(cast)
    deliver()
    assert [is_signed(got, hook[1]) for got in ears.got] == [True, True]


def test_a_lost_key_is_told_and_stops_only_what_it_sealed(
    cast: Cast, ears: Receiver, hook: tuple[Webhook, str], settings: Any, client_of: ClientOf
) -> None:
    settings.SECRETS_KEYS = [Fernet.generate_key().decode()]
    announce(cast)
    deliver()
    assert deliveries(cast)[0].last_error == "Its secret cannot be read any more: make the webhook anew."
    assert client_of(cast.admin).get(HOOKS).status_code == 200
    with pytest.raises(CommandError, match="Nothing of acme was changed"):
        call_command("rotate_secrets")
    with pytest.raises(CannotOpen):
        unseal(hook[0].secret)
