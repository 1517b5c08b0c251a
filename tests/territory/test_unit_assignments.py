"""Sheets of units and territories: looked at, then taken in one edit; what goes out comes in again as it was."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.spreadsheet import undefuse
from territory.models import Alignment, BasicUnit, Territory, UnitAssignment
from territory.services.edit_alignment import undo_edit
from tests.cast import Cast
from tests.territory.exporting import take, take_csv
from tests.territory.world import World
from workspace.models import Change, Member

CODES = [f"{column}-{row}" for column in range(3) for row in range(3)]


@pytest.fixture
def plan(world: World) -> Alignment:
    world.account(2, 2)
    alignment = world.alignment()
    world.territory(alignment, "North", "0-0", "0-1", rep_id=world.rep("Ines").pk)
    world.territory(alignment, "South", "1-1")
    return alignment


def send(
    client: APIClient, alignment: Alignment, content: bytes | str, *, plan: bool = False, name: str = "units.csv",
    **fields: object,
) -> Any:  # fmt: skip
    raw = content.encode() if isinstance(content, str) else content
    alignment.refresh_from_db(fields=["revision"])
    return client.post(
        f"/api/v1/alignments/{alignment.pk}/unit-assignments{'/plan' if plan else ''}",
        {"file": SimpleUploadedFile(name, raw)} | fields,
        format="multipart",
        headers={"If-Match": f'"{alignment.revision}"'},
    )


def look(client: APIClient, alignment: Alignment, content: bytes | str, **fields: object) -> dict[str, Any]:
    response = send(client, alignment, content, plan=True, **fields)
    assert response.status_code == 200, response.content
    return response.json()


def owners(alignment: Alignment) -> dict[str, str]:
    rows = UnitAssignment.objects.filter(alignment=alignment).select_related("unit", "territory")
    return {row.unit.code: row.territory.code for row in rows}


# Out


def test_every_unit_leaves_with_its_territory_and_rep(plan: Alignment, manager: APIClient) -> None:
    rows = take_csv(manager, "units.csv", plan)
    assert [row["Unit code"] for row in rows] == CODES
    assert rows[0] == {
        "Unit code": "0-0", "Unit name": "0-0", "Territory code": "T001", "Territory": "North", "Rep id": "R-Ines",
        "Rep": "Ines",
    }  # fmt: skip
    assert (rows[4]["Territory"], rows[4]["Rep"], rows[8]["Territory"]) == ("South", "", "")


def test_block_equivalency_has_two_columns_and_assigned_units_only(plan: Alignment, manager: APIClient) -> None:
    lines = take(manager, "block-equivalency.csv", plan).decode().splitlines()
    assert lines == ["GEOID,DISTRICT", "0-0,T001", "0-1,T001", "1-1,T002"]


def test_codes_of_census_blocks_are_called_so(world: World, plan: Alignment, manager: APIClient) -> None:
    for place, unit in enumerate(BasicUnit.objects.all()):
        BasicUnit.objects.filter(pk=unit.pk).update(code=f"13121001001{place:04d}")
    assert take(manager, "block-equivalency.csv", plan).startswith(b"BLOCKID,DISTRICT\r\n131210010010000,T001")


# In


def test_a_sheet_is_one_edit_that_an_undo_takes_back(world: World, plan: Alignment, manager: APIClient) -> None:
    before = owners(plan)
    response = send(manager, plan, "GEOID,DISTRICT\n2-2,T001\n1-1,North\n0-1,south\n")
    assert response.status_code == 200
    assert response.json()["n_accounts_moved"] == 1
    assert owners(plan) == {"0-0": "T001", "0-1": "T002", "1-1": "T001", "2-2": "T001"}
    change = Change.objects.filter(subject_kind="alignment").latest("id")
    assert (change.operation, change.label) == ("assign_from_sheet", "Gave 3 units by units.csv")
    plan.refresh_from_db()
    undo_edit(plan.pk, revision=plan.revision, actor=world.actor)
    assert owners(plan) == before


def test_the_look_says_what_would_happen_and_changes_nothing(plan: Alignment, manager: APIClient) -> None:
    before, revision = owners(plan), Alignment.objects.get(pk=plan.pk).revision
    said = look(manager, plan, "unit;territory\n2-2;T001\n0-0;T001\n1-1;\n")
    assert (said["delimiter"], said["unit_column"], said["territory_column"]) == (";", "unit", "territory")
    assert {key: said[key] for key in ("n_rows", "n_units", "n_moved", "n_cleared", "n_accounts", "n_rest")} == {
        "n_rows": 3, "n_units": 3, "n_moved": 2, "n_cleared": 1, "n_accounts": 1, "n_rest": 6,
    }  # fmt: skip
    assert (owners(plan), Alignment.objects.get(pk=plan.pk).revision) == (before, revision)


def test_what_cannot_be_taken_is_named_by_line(plan: Alignment, manager: APIClient) -> None:
    sheet = "GEOID,DISTRICT\n0-0,T002\n9-9,T001\n1-1,T001\n1-1,T002\n2-2,T077\n,T001\n"
    said = look(manager, plan, sheet)
    assert [(problem["line"], problem["value"]) for problem in said["problems"]] == [
        (3, "9-9"), (5, "1-1"), (6, "T077"), (7, None),
    ]  # fmt: skip
    assert "line 4" in said["problems"][1]["problem"]
    refused = send(manager, plan, sheet)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert owners(plan) == {"0-0": "T001", "0-1": "T001", "1-1": "T002"}
    assert send(manager, plan, sheet, skip_problems=True).status_code == 200
    assert owners(plan) == {"0-0": "T002", "0-1": "T001", "1-1": "T002"}


def test_the_same_row_twice_is_no_problem(plan: Alignment, manager: APIClient) -> None:
    assert look(manager, plan, "unit,territory\n0-0,T002\n0-0,South\n")["n_problems"] == 0


def test_unknown_territories_are_made_where_that_is_chosen(plan: Alignment, manager: APIClient) -> None:
    sheet = "Unit code,Territory code,Territory\n2-1,W1,West\n2-2,W1,West\n0-0,E9,\n"
    offered, said = look(manager, plan, sheet), look(manager, plan, sheet, create_territories=True)
    assert (offered["n_problems"], said["n_problems"]) == (3, 0)
    assert offered["new_territories"] == said["new_territories"] == [
        {"code": "W1", "name": "West", "n_units": 2}, {"code": "E9", "name": "E9", "n_units": 1},
    ]  # fmt: skip
    send(manager, plan, sheet, create_territories=True)
    assert owners(plan) == {"0-0": "E9", "0-1": "T001", "1-1": "T002", "2-1": "W1", "2-2": "W1"}
    assert list(plan.territories.order_by("position").values_list("name", flat=True)) == [
        "North", "South", "West", "E9",
    ]  # fmt: skip


def test_units_that_the_sheet_does_not_name_keep_their_territory_or_become_nobodys(
    plan: Alignment, manager: APIClient
) -> None:
    sheet = "unit,territory\n2-2,T001\n0-0,T099\n"
    assert look(manager, plan, sheet)["n_cleared"] == 0
    assert look(manager, plan, sheet, rest="nobody")["n_cleared"] == 2
    send(manager, plan, sheet, rest="nobody", skip_problems=True)
    # 0-0 is named in a row that cannot be taken, which says nothing about it.
    assert owners(plan) == {"0-0": "T001", "2-2": "T001"}


def test_zeros_that_a_spreadsheet_took_away_are_offered_back(plan: Alignment, manager: APIClient) -> None:
    for unit in BasicUnit.objects.all():
        BasicUnit.objects.filter(pk=unit.pk).update(code=f"0{unit.code.replace('-', '')}1")
    said = look(manager, plan, "unit,territory\n221,T001\n")
    assert (said["n_can_be_padded"], said["n_units"], "0221" in said["problems"][0]["problem"]) == (1, 0, True)
    said = look(manager, plan, "unit,territory\n221,T001\n", pad_codes=True)
    assert (said["n_padded"], said["n_units"], said["n_problems"]) == (1, 1, 0)


def test_a_file_without_a_header_loses_no_row(plan: Alignment, manager: APIClient) -> None:
    for unit in BasicUnit.objects.all():
        BasicUnit.objects.filter(pk=unit.pk).update(code=f"13{unit.code.replace('-', '')}")
    said = look(manager, plan, "1322,T001\n1321,T002\n")
    assert (said["n_rows"], said["n_units"], said["n_problems"]) == (2, 2, 0)


def test_the_columns_and_the_sheet_can_be_chosen(plan: Alignment, manager: APIClient) -> None:
    book = openpyxl.Workbook()
    book.active.append(["notes", "x"])
    sheet = book.create_sheet("Map")
    for row in (("who", "where", "unit"), ("T002", "0-0", "zzz")):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    fields = {"name": "units.xlsx", "sheet": "Map", "unit_column": "where", "territory_column": "who"}
    said = look(manager, plan, content.getvalue(), **fields)
    assert (said["sheets"], said["sheet"], said["n_moved"], said["n_problems"]) == (["Sheet", "Map"], "Map", 1, 0)


@pytest.mark.parametrize(
    ("content", "name", "fields"),
    [
        ("", "units.csv", {}),
        ("only one column\n1\n", "units.csv", {}),
        ("a,b\n1,2\n", "units.csv", {"unit_column": "c"}),
        ("a,b\n1,2\n", "units.csv", {"rest": "burn"}),
        ("a,b\n1,2\n", "units.exe", {}),
        (b"PK\x03\x04 not a workbook", "units.xlsx", {}),
        (b"\x00\x01\x02" * 100, "units.csv", {}),
    ],
)
def test_what_is_no_such_sheet_is_refused(
    plan: Alignment, manager: APIClient, content: bytes | str, name: str, fields: dict[str, str]
) -> None:
    assert send(manager, plan, content, plan=True, name=name, **fields).status_code == 400
    assert send(manager, plan, content, name=name, **fields).status_code == 400


def test_drawn_alignments_locks_and_old_revisions_refuse_it(world: World, plan: Alignment, manager: APIClient) -> None:
    assert send(manager, world.alignment("drawn"), "a,b\n1,2\n").status_code == 409
    south = plan.territories.get(name="South").pk
    world.edit(plan, "update_territory", territory_id=south, is_locked=True)
    for is_plan in (True, False):
        locked = send(manager, plan, "unit,territory\n1-1,T001\n", plan=is_plan)
        assert (locked.status_code, locked.json()["code"]) == (409, "locked")
    stale = manager.post(
        f"/api/v1/alignments/{plan.pk}/unit-assignments",
        {"file": SimpleUploadedFile("a.csv", b"unit,territory\n2-2,T001\n")},
        format="multipart",
        headers={"If-Match": '"1"'},
    )
    assert stale.status_code == 412


def test_a_foreign_alignment_looks_like_one_that_does_not_exist(
    plan: Alignment, cast: Cast, client_of: Callable[[Member], APIClient]
) -> None:
    stranger = client_of(cast.foreign.members["admin"])
    foreign = stranger.post(f"/api/v1/alignments/{plan.pk}/unit-assignments/plan", {}, format="multipart")
    missing = stranger.post(f"/api/v1/alignments/{plan.pk + 10**6}/unit-assignments/plan", {}, format="multipart")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


# Out and in again

LABEL = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(
    lambda text: " ".join(text.split()) == text
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(codes=st.lists(LABEL, min_size=1, max_size=4, unique_by=str.casefold), data=st.data())
def test_what_is_exported_and_imported_into_a_blank_scenario_is_the_same(
    world: World, manager: APIClient, codes: list[str], data: st.DataObject
) -> None:
    alignment = world.alignment()
    for place, code in enumerate(codes):
        Territory.objects.create(
            workspace=world.workspace,
            alignment=alignment,
            code=code,
            name=f"N {code}",
            colour="#123456",
            position=place,
        )
    territories = list(alignment.territories.all())
    ids = dict(zip(CODES, world.units(*CODES), strict=True))
    for code in CODES:
        if (territory := data.draw(st.sampled_from([None, *territories]))) is not None:
            world.edit(alignment, "assign_units", unit_ids=[ids[code]], territory_id=territory.pk)
    for key in ("units.csv", "block-equivalency.csv"):
        blank = world.alignment(name="Blank")
        response = send(manager, blank, take(manager, key, alignment), create_territories=True)
        assert response.status_code == 200, response.content
        assert owners(blank) == owners(alignment)


def test_codes_that_look_like_formulas_come_back_as_they_were(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    world.territory(alignment, "=1+1", "0-0")
    Territory.objects.filter(alignment=alignment).update(code="'-1")
    [row, *_] = take_csv(manager, "units.csv", alignment)
    assert (row["Territory code"], undefuse(row["Territory code"])) == ("''-1", "'-1")
    blank = world.alignment(name="Blank")
    send(manager, blank, take(manager, "units.csv", alignment), create_territories=True)
    assert list(blank.territories.values_list("code", "name")) == [("'-1", "=1+1")]
