import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from workspace.models import Change, Member, Workspace
from workspace.tenancy import workspace

pytestmark = pytest.mark.django_db


def make_acme() -> Workspace:
    call_command("create_workspace", "acme", name="Acme", admin="boss@acme.example", password="correct horse 9")
    return Workspace.objects.get(slug="acme")


def test_a_new_workspace_has_an_admin_who_can_sign_in(client: Client) -> None:
    make_acme()
    client.post("/auth/login/", {"login": "boss@acme.example", "password": "correct horse 9"})
    assert client.get("/api/v1/session").json()["member"]["role"] == "admin"


def test_a_name_that_is_taken_is_refused() -> None:
    make_acme()
    with pytest.raises(CommandError, match="'acme' already"):
        make_acme()


def test_a_member_is_added_once_and_recorded() -> None:
    acme = make_acme()
    call_command("add_member", "acme", "ann@acme.example", "ops", password="correct horse 9")
    assert Member.objects.get(user__email="ann@acme.example").role == "ops"
    with workspace(acme.id):
        assert Change.objects.filter(subject_kind="member", operation="create").count() == 1
    with pytest.raises(CommandError, match="member of acme already"):
        call_command("add_member", "acme", "ann@acme.example", "ops", password="correct horse 9")
