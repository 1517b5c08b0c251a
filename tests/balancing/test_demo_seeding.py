"""Seeding itself: repeatable, whole or not at all, and never beside what is there."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from balancing.demo.digest import digest_of
from balancing.demo.seed import seed_demo
from tests.cast import Cast
from workspace.models import User, Workspace
from workspace.tenancy import workspace

TODAY = date(2026, 3, 20)
N_ACCOUNTS = 6_000


def seeded_digest(seed: int) -> dict[str, str]:
    """Seed, read, and take it all back."""
    with transaction.atomic():
        tenant = seed_demo(seed=seed, n_accounts=N_ACCOUNTS, today=TODAY)
        with workspace(tenant.id):
            digest = digest_of(tenant.id)
        transaction.set_rollback(True)
    return digest


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows_and_another_one_others() -> None:
    first, again, other = seeded_digest(7), seeded_digest(7), seeded_digest(8)
    assert first == again
    differing = {kind for kind in first if first[kind] != other[kind]}
    assert {"accounts", "territories", "units", "assignments", "faults", "snapshots"} <= differing


def test_an_existing_workspace_keeps_the_demo_away(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_demo", if_empty=True)
    assert not Workspace.objects.filter(slug="demo").exists()
    call_command("demo_logins")
    assert "no demo workspace" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_second_demo_is_refused_in_words() -> None:
    Workspace.objects.create(name="Mine", slug="demo")
    with pytest.raises(CommandError, match="There is a workspace “demo” already"):
        call_command("seed_demo", accounts=N_ACCOUNTS)
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("option", "value"), [("accounts", 999), ("accounts", 1_000_001), ("seed", -1)])
def test_what_cannot_be_seeded_is_refused_in_words(option: str, value: int) -> None:
    with pytest.raises(CommandError, match=r"expected|size the demo can have"):
        call_command("seed_demo", **{option: value})
    assert not Workspace.objects.exists()
