"""What an import takes out of territories, and what its undo puts back."""

from typing import Any

from accounts.importing.run_undo import run_undo
from accounts.models import Account, AccountImport
from accounts.services.replacing import look_at_absent
from territory.models import AccountAssignment, AccountOverride, AccountUnit, Alignment, BasicUnit, Territory
from territory.services.edit_alignment import undo_edit
from tests.accounts.files import Onlooker, import_file, upload
from tests.territory.world import World, middle

MAPPING = {"id": "external_id", "name": "name", "lat": "lat", "lon": "lon", "revenue": "revenue"}


def rows(*names: str) -> str:
    """Accounts a, b, c in the squares of column 0, 1, 2."""
    places = {name: middle(column, 0) for column, name in enumerate("abc")}
    return "\n".join(
        [",".join(MAPPING), *(f"{name},Account {name},{places[name][1]},{places[name][0]},1" for name in names)]
    )


def assigned(alignment: Alignment) -> dict[str, tuple[str | None, str]]:
    found = AccountAssignment.objects.filter(alignment=alignment).select_related("account", "territory")
    return {row.account.external_id: (row.territory.name if row.territory else None, row.source) for row in found}


def sums() -> dict[str, tuple[int, int]]:
    return {unit.code: (unit.n_accounts, unit.revenue_minor) for unit in BasicUnit.objects.filter(n_accounts__gt=0)}


def furnish(world: World) -> Alignment:
    """West has a's square, East the others'; c is kept with West by name."""
    import_file(world.actor, rows("a", "b", "c"), mapping=MAPPING)
    alignment = world.alignment()
    west = world.territory(alignment, "West", "0-0")
    world.territory(alignment, "East", "1-0", "2-0")
    c = Account.objects.get(external_id="c")
    world.edit(alignment, "set_overrides", account_ids=[c.pk], territory_id=west.pk, reason="asked for")
    return alignment


def replace(world: World, *names: str, gone: int) -> AccountImport:
    import_file(world.actor, rows(*names), mapping=MAPPING, mode="replace", confirmed_gone=gone)
    return AccountImport.objects.latest("id")


def undo(item: AccountImport) -> dict[str, Any]:
    return run_undo(workspace_id=item.workspace_id, import_id=item.pk, watcher=Onlooker())


def test_what_would_be_lost_is_counted(world: World) -> None:
    alignment = furnish(world)
    absent = look_at_absent(upload(world.actor, rows("a")), mapping=MAPPING)
    assert (absent.n_accounts, absent.n_assigned, absent.n_overridden) == (2, 0, 1)
    Alignment.objects.filter(pk=alignment.pk).update(state="live")
    absent = look_at_absent(upload(world.actor, rows("a")), mapping=MAPPING)
    assert (absent.n_accounts, absent.n_assigned, absent.n_overridden) == (2, 2, 1)


def test_accounts_that_go_leave_territories_units_and_sums(world: World) -> None:
    alignment = furnish(world)
    replace(world, "a", gone=2)
    assert assigned(alignment) == {"a": ("West", "unit")}
    assert sums() == {"0-0": (1, 100)}
    assert AccountUnit.objects.count() == 1
    assert not AccountOverride.objects.exists()


def test_accounts_that_return_have_their_territory_and_their_name_kept(world: World) -> None:
    alignment = furnish(world)
    before, summed = assigned(alignment), sums()
    kept = list(AccountOverride.objects.values())
    done = undo(replace(world, "a", gone=2))
    assert done["n_returned"] == 2
    assert (
        assigned(alignment)
        == before
        == {
            "a": ("West", "unit"),
            "b": ("East", "unit"),
            "c": ("West", "override"),
        }
    )
    assert sums() == summed
    assert list(AccountOverride.objects.values()) == kept


def test_a_territory_that_went_meanwhile_takes_no_account_back(world: World) -> None:
    alignment = furnish(world)
    item = replace(world, "a", gone=2)
    west = Territory.objects.get(alignment=alignment, name="West")
    world.edit(alignment, "remove_territory", territory_id=west.pk)
    undo(item)
    assert assigned(alignment) == {"a": (None, "none"), "b": ("East", "unit"), "c": ("East", "unit")}


def test_created_accounts_that_are_taken_back_leave_no_trace(world: World) -> None:
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0")
    import_file(world.actor, rows("a", "b"), mapping=MAPPING)
    undo(AccountImport.objects.latest("id"))
    assert (assigned(alignment), sums()) == ({}, {})


def test_an_edit_about_an_account_that_is_gone_can_still_be_taken_back(world: World) -> None:
    alignment = furnish(world)
    c = Account.objects.get(external_id="c")
    world.edit(alignment, "clear_overrides", account_ids=[c.pk])
    replace(world, "a", "b", gone=1)
    alignment.refresh_from_db()
    undo_edit(alignment.pk, revision=alignment.revision, actor=world.actor)
    assert not AccountOverride.objects.exists()
