"""Exports of some columns, some territories, what changed, and what differs from another alignment."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import Account
from territory.exports.sheet_names import sheet_name
from territory.models import Alignment, Territory
from territory.services.edit_alignment import undo_edit
from tests.cast import Cast
from tests.territory.exporting import URL, take, take_csv, take_sheets
from tests.territory.world import World, square
from workspace.models import Change
from workspace.tenancy import workspace

KEY = "assignments.csv"


@pytest.fixture
def plan(world: World) -> Alignment:
    """North has 0-0, South 1-1; one account in each of 0-0, 1-1, 2-2 and one nowhere."""
    for at in (0, 1, 2, None):
        world.account(at, at, external_id=f"at {at}")
    alignment = world.alignment()
    world.territory(alignment, "North", "0-0", rep_id=world.rep("Ines").pk)
    world.territory(alignment, "South", "1-1", rep_id=world.rep("Omar").pk)
    return alignment


@pytest.fixture
def settled(plan: Alignment) -> datetime.datetime:
    """A moment after which nothing has been done yet: all before it is two days old."""
    past = timezone.now() - datetime.timedelta(days=2)
    Account.objects.update(updated_at=past)
    Change.objects.update(created_at=past)
    Alignment.objects.update(created_at=past)
    return past + datetime.timedelta(days=1)


def ids(rows: list[dict[str, str]]) -> set[str]:
    return {row["Account id"] for row in rows}


def refusal(client: APIClient, key: str, alignment: Alignment, **options: object) -> tuple[int, str]:
    response = client.get(f"{URL}/{key}", {"alignment": alignment.pk} | options)
    return response.status_code, response.json()["detail"]


# Columns


def test_only_the_chosen_columns_come_with_the_id_in_the_order_of_the_table(
    plan: Alignment, manager: APIClient
) -> None:
    rows = take_csv(manager, KEY, plan, columns="rep,name,territory_code")
    assert list(rows[0]) == ["Account id", "Name", "Territory code", "Covering rep"]
    assert rows[0] == {"Account id": "at 0", "Name": "Account 0", "Territory code": "T001", "Covering rep": "Ines"}


def test_the_list_of_formats_names_the_columns_that_may_be_chosen(
    world: World, plan: Alignment, manager: APIClient
) -> None:
    world.account(0, 0, custom_metrics={"shelf_m": 2})
    [table] = [entry for entry in manager.get(URL).json() if entry["key"] == KEY]
    chosen = ",".join(column["key"] for column in table["columns"])
    header = take(manager, KEY, plan, columns=chosen).split(b"\r\n")[0].decode().split(",")
    assert header == [column["label"] for column in table["columns"]]
    assert header == take(manager, KEY, plan).split(b"\r\n")[0].decode().split(",")
    assert "metric:shelf_m" in header


def test_an_unknown_column_is_refused_by_its_name(plan: Alignment, manager: APIClient) -> None:
    status, words = refusal(manager, KEY, plan, columns="name,shoe_size")
    assert (status, "no such column" in words, "territory_code" in words) == (400, True, True)


# What a format takes


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("assignments.csv", {"sheets": "territory"}),
        ("territories.geojson", {"columns": "name"}),
        ("salesforce_account_owner.csv", {"columns": "name"}),
        ("units.csv", {"changed_since": "2026-01-01"}),
    ],
)
def test_an_option_that_a_format_does_not_take_is_refused_in_words(
    plan: Alignment, manager: APIClient, key: str, options: dict[str, str]
) -> None:
    status, words = refusal(manager, key, plan, **options)
    assert (status, "does not take this option" in words) == (400, True)


def test_an_export_on_units_is_refused_for_drawn_boundaries(world: World, manager: APIClient) -> None:
    status, words = refusal(manager, "units.csv", world.alignment("drawn"))
    assert (status, "made of units" in words) == (409, True)


def test_what_was_asked_for_is_recorded(plan: Alignment, manager: APIClient) -> None:
    north = plan.territories.get(name="North").pk
    take(manager, KEY, plan, columns="rep,name", territory=north)
    assert Change.objects.get(subject_kind="export").patch == {
        "format": KEY, "columns": ["name", "rep"], "territory": [north],
    }  # fmt: skip


# Territories


def test_some_territories_only(plan: Alignment, manager: APIClient) -> None:
    north = plan.territories.get(name="North").pk
    assert ids(take_csv(manager, KEY, plan, territory=north)) == {"at 0"}
    rows = take_csv(manager, "salesforce_territory2.csv", plan, territory=north)
    assert [row["Name"] for row in rows] == ["North"]


@pytest.mark.parametrize("value", ["x", "1.5", "-1", "9" * 30, "999999999"])
def test_what_is_no_territory_of_the_alignment_is_refused(plan: Alignment, manager: APIClient, value: str) -> None:
    assert refusal(manager, KEY, plan, territory=value)[0] == 400


# Changed since


def test_nothing_changed_leaves_a_header(plan: Alignment, settled: datetime.datetime, manager: APIClient) -> None:
    assert take_csv(manager, KEY, plan, changed_since=settled.isoformat()) == []


def test_accounts_of_moved_units_have_changed(
    world: World, plan: Alignment, settled: datetime.datetime, manager: APIClient
) -> None:
    north = plan.territories.get(name="North").pk
    world.edit(plan, "assign_units", unit_ids=world.units("1-1"), territory_id=north)
    assert ids(take_csv(manager, KEY, plan, changed_since=settled.isoformat())) == {"at 1"}
    [row] = take_csv(manager, "salesforce_account_owner.csv", plan, changed_since=settled.isoformat())
    assert row == {"Id": "at 1", "OwnerId": "R-Ines"}


def test_what_was_undone_again_has_not_changed(
    world: World, plan: Alignment, settled: datetime.datetime, manager: APIClient
) -> None:
    world.edit(plan, "assign_units", unit_ids=world.units("1-1"), territory_id=None)
    plan.refresh_from_db()
    undo_edit(plan.pk, revision=plan.revision, actor=world.actor)
    assert take_csv(manager, KEY, plan, changed_since=settled.isoformat()) == []


def test_accounts_of_a_territory_with_another_rep_have_changed_and_a_colour_changes_none(
    world: World, plan: Alignment, settled: datetime.datetime, manager: APIClient
) -> None:
    north, south = (plan.territories.get(name=name).pk for name in ("North", "South"))
    world.edit(plan, "update_territory", territory_id=north, rep_id=world.rep("Ada").pk)
    world.edit(plan, "update_territory", territory_id=south, colour="#123456")
    assert ids(take_csv(manager, KEY, plan, changed_since=settled.isoformat())) == {"at 0"}


def test_a_named_account_changes_when_it_is_named_and_not_with_the_ground_below_it(
    world: World, plan: Alignment, settled: datetime.datetime, manager: APIClient
) -> None:
    north = plan.territories.get(name="North").pk
    account = Account.objects.get(external_id="at 1").pk
    world.edit(plan, "set_overrides", account_ids=[account], territory_id=north, reason="since 1999")
    assert ids(take_csv(manager, KEY, plan, changed_since=settled.isoformat())) == {"at 1"}
    Change.objects.update(created_at=settled - datetime.timedelta(hours=1))
    world.edit(plan, "assign_units", unit_ids=world.units("1-1", "2-2"), territory_id=north)
    assert ids(take_csv(manager, KEY, plan, changed_since=settled.isoformat())) == {"at 2"}


def test_an_account_whose_own_data_changed_has_changed(
    plan: Alignment, settled: datetime.datetime, manager: APIClient
) -> None:
    account = Account.objects.get(external_id="at None")
    account.phone = "1"
    account.save()
    assert ids(take_csv(manager, KEY, plan, changed_since=settled.date().isoformat())) == {"at None"}


def test_a_drawn_boundary_changes_the_accounts_between_old_and_new(
    world: World, manager: APIClient, plan: Alignment
) -> None:
    drawn = world.alignment("drawn")
    west = world.territory(drawn, "West", boundary=square(0, 0, columns=1.5, rows=3))
    past = timezone.now() - datetime.timedelta(days=2)
    for model, field in ((Account, "updated_at"), (Change, "created_at"), (Alignment, "created_at")):
        model.objects.update(**{field: past})
    world.edit(drawn, "set_boundary", territory_id=west.pk, boundary=square(0, 0, columns=3, rows=3))
    since = (past + datetime.timedelta(days=1)).isoformat()
    assert ids(take_csv(manager, KEY, drawn, changed_since=since)) == {"at 2"}
    assert take_csv(manager, KEY, plan, changed_since=since) == []


def test_an_alignment_made_since_has_changed_everything(plan: Alignment, manager: APIClient) -> None:
    assert len(take_csv(manager, KEY, plan, changed_since="2020-01-01")) == 4


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "2026-02-30T10:00", "1", "0000-00-00"])
def test_what_is_no_date_is_refused(plan: Alignment, manager: APIClient, value: str) -> None:
    status, words = refusal(manager, KEY, plan, changed_since=value)
    assert (status, "2026-01-31" in words) == (400, True)


# Against another alignment


@pytest.fixture
def other(world: World, plan: Alignment) -> Alignment:
    """A copy in which South also has 2-2, and North another rep."""
    copy = world.alignment(name="Next year", source="copy", copy_of=plan)
    world.edit(copy, "assign_units", unit_ids=world.units("2-2"), territory_id=copy.territories.get(name="South").pk)
    north = copy.territories.get(name="North").pk
    world.edit(copy, "update_territory", territory_id=north, rep_id=world.rep("Ada").pk)
    return copy


def test_only_what_differs_comes_with_who_had_it(plan: Alignment, other: Alignment, manager: APIClient) -> None:
    rows = take_csv(manager, KEY, other, against=plan.pk, columns="territory,rep")
    assert rows == [
        {"Account id": "at 0", "Territory": "North", "Covering rep": "Ada", "Previous territory": "North",
         "Previous rep": "Ines"},
        {"Account id": "at 2", "Territory": "South", "Covering rep": "Omar", "Previous territory": "",
         "Previous rep": ""},
    ]  # fmt: skip
    assert take_csv(manager, "salesforce_account_owner.csv", other, against=plan.pk) == [
        {"Id": "at 0", "OwnerId": "R-Ada"}, {"Id": "at 2", "OwnerId": "R-Omar"},
    ]  # fmt: skip


def test_an_alignment_against_a_copy_of_itself_is_empty(world: World, plan: Alignment, manager: APIClient) -> None:
    copy = world.alignment(name="Copy", source="copy", copy_of=plan)
    assert take_csv(manager, KEY, copy, against=plan.pk) == []


def test_a_foreign_alignment_to_compare_with_looks_like_a_random_one(
    plan: Alignment, cast: Cast, manager: APIClient
) -> None:
    with workspace(cast.foreign.workspace.id):
        theirs = Alignment.objects.create(
            workspace=cast.foreign.workspace, team=cast.foreign.team, name="Theirs", basis="drawn"
        )
    foreign = manager.get(f"{URL}/{KEY}", {"alignment": plan.pk, "against": theirs.pk})
    random = manager.get(f"{URL}/{KEY}", {"alignment": plan.pk, "against": theirs.pk + 1_000_000})
    assert foreign.status_code == random.status_code == 404
    assert foreign.content == random.content


def test_an_alignment_is_not_compared_with_itself(plan: Alignment, manager: APIClient) -> None:
    assert refusal(manager, KEY, plan, against=plan.pk)[0] == 400


# A sheet per territory


def test_each_territory_has_a_sheet_and_the_rest_is_unassigned(
    world: World, plan: Alignment, manager: APIClient
) -> None:
    world.territory(plan, "Empty")
    sheets = take_sheets(manager, "assignments.xlsx", plan, sheets="territory")
    assert {name: {row["Account id"] for row in rows} for name, rows in sheets.items()} == {
        "North": {"at 0"}, "South": {"at 1"}, "Empty": set(), "Unassigned": {"at 2", "at None"},
    }  # fmt: skip
    assert list(sheets) == ["North", "South", "Empty", "Unassigned"]


def test_sheets_of_some_territories(plan: Alignment, manager: APIClient) -> None:
    south = plan.territories.get(name="South").pk
    assert list(take_sheets(manager, "assignments.xlsx", plan, sheets="territory", territory=south)) == ["South"]


def test_names_that_a_sheet_cannot_have_are_bent(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    for name in ("=cmd|' /C calc'!A0", "A/B: [x]?", "a" * 60, "A" * 60, "History", "'"):
        world.territory(alignment, name)
    assert list(take_sheets(manager, "assignments.xlsx", alignment, sheets="territory")) == [
        "cmd|' C calc'!A0", "A B x", "a" * 31, "A" * 27 + " (2)", "History (2)", "Sheet", "Unassigned",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=40) | st.text(alphabet="a'/:= 🎈", max_size=40), max_size=8))
def test_sheet_names_are_short_different_and_free_of_forbidden_signs(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] not in "'=+-@＝＋－＠"
        assert name[-1] != "'"


def test_too_many_sheets_are_refused_in_words(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    Territory.objects.bulk_create(
        Territory(workspace=world.workspace, alignment=alignment, name="T", code=f"T{n}", colour="#123456", position=n)
        for n in range(401)
    )
    status, words = refusal(manager, "assignments.xlsx", alignment, sheets="territory")
    assert (status, "at most 400 sheets" in words) == (409, True)
