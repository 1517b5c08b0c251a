"""At 100,000 accounts and under row-level security, tiles and lists are answered from their indexes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

from accounts.cells import ZOOM, mercator, morton, tile_range
from accounts.models import Account
from territory import tiles, totals
from territory.assignment import between, derive, given
from territory.models import Alignment, Basis, Territory
from territory.reading.accounts import in_alignment
from territory.services.create_alignment import create_alignment
from territory.services.edit_alignment import edit_alignment
from tests.cast import make_cast
from tests.conftest import WEB_ROLE
from tests.territory.world import square
from workspace.planner import count_rows
from workspace.tenancy import workspace

N = 100_000
_ACCOUNTS = """
INSERT INTO accounts_account (workspace_id, external_id, name, street, city, region, postal_code, country, phone,
    segment, crm_owner, location, cell, mercator_x, mercator_y, geocode_quality, revenue_minor, potential_minor,
    pipeline_minor, visits_per_year, service_min_per_visit, custom_metrics, updated_at)
SELECT %s, 'A' || i, 'Account ' || i, '', '', '', '', '', '', '', '', ST_SetSRID(ST_MakePoint(lon, lat), 4326), c, x, y,
    'given', i, 0, 0, 1, 1, '{}', now()
FROM unnest(%s::float8[], %s::float8[], %s::bigint[], %s::int[], %s::int[]) WITH ORDINALITY AS q (lon, lat, c, x, y, i)
"""


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Alignment]:
    """100,000 accounts over the grid, half of them in one drawn territory; taken back when the module ends.

    Loaded into tables the planner takes for empty: a vacuum came between a load that was taken back and this one.
    """
    with django_db_blocker.unblock():
        with transaction.atomic():
            _load(N)
            transaction.set_rollback(True)
        with owner() as cursor:
            cursor.execute("VACUUM (TRUNCATE FALSE, ANALYZE) accounts_account, territory_accountassignment")
        with transaction.atomic():
            alignment = _load(N)
            with workspace(alignment.workspace_id):
                yield alignment
            transaction.set_rollback(True)


@contextmanager
def owner() -> Iterator[CursorWrapper]:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield cursor
        cursor.execute(f"SET ROLE {WEB_ROLE}")


def _load(n_accounts: int) -> Alignment:
    cast = make_cast()
    with workspace(cast.workspace.pk):
        _insert_accounts(cast.workspace.pk, n_accounts)
        alignment = create_alignment(
            name="Crowd", team=cast.team, basis=Basis.DRAWN, source="blank", actor=cast.manager
        )
        arguments = {"name": "West", "boundary": square(0, 0, 1.5, 3)}
        edit_alignment(alignment.pk, operation="add_territory", arguments=arguments, revision=1, actor=cast.manager)
        return alignment


def _insert_accounts(workspace_id: int, n_accounts: int) -> None:
    random = np.random.default_rng(3)
    west, south, east, north = square(0, 0, 3, 3).bounds
    lon, lat = random.uniform(west, east, n_accounts), random.uniform(south, north, n_accounts)
    x, y = mercator(lon, lat)
    columns = [lon, lat, morton(x, y), x, y]
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [workspace_id, *(column.tolist() for column in columns)])
    count_rows(n_accounts, "accounts_account")


@pytest.fixture(params=["right after the load", "with statistics"])
def knowledge(request: pytest.FixtureRequest, crowd: Alignment) -> Iterator[None]:
    """What the planner knows: what the load told it, or what autovacuum tells it a minute later."""
    mark = transaction.savepoint()
    if request.param == "with statistics":
        with owner() as cursor:
            cursor.execute("ANALYZE accounts_account, territory_accountassignment, territory_territory")
    yield
    transaction.savepoint_rollback(mark)


def plan_of(statement: str, values: Any) -> list[dict[str, Any]]:
    """Every scan of the plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        [[answer]] = cursor.fetchall()
    pending = [(json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]]
    scans = []
    while pending:
        node = pending.pop()
        pending += node.get("Plans", [])
        if "Relation Name" in node or "Index Name" in node:
            scans.append(node)
    return scans


def indexes(scans: list[dict[str, Any]], table: str) -> set[str]:
    """The indexes a table is read by; `Seq Scan` where it is read as a whole."""
    read = [scan for scan in scans if scan.get("Relation Name") == table and scan["Node Type"] != "ModifyTable"]
    return {scan.get("Index Name", scan["Node Type"]) for scan in read}


@pytest.mark.parametrize("z", [4, 9, 10, 14])
@pytest.mark.parametrize("look", [{}, {"amount": "workload", "has_segments": True}])
@pytest.mark.usefixtures("knowledge")
def test_account_tiles_read_one_range_of_cells(crowd: Alignment, z: int, look: dict[str, Any]) -> None:
    x, y = _tile_in_the_middle(z)
    low, high = tile_range(z, x, y)
    values = tiles._grid(crowd, z, x, y) | {"low": low, "high": high, "shift": 2 * (ZOOM - z)}
    scans = plan_of(tiles._account_statement(z, **look), values)
    assert indexes(scans, "territory_accountassignment") == {"territory_assignment_cell"}
    assert all("cell" in scan.get("Index Cond", "cell") for scan in scans)


@pytest.mark.usefixtures("knowledge")
def test_totals_are_summed_from_the_index_of_the_territory(crowd: Alignment) -> None:
    values = {"workspace": crowd.workspace_id, "alignment": crowd.pk, "only": None, "travels": True}
    scans = plan_of(totals._SUMS, values)
    assert indexes(scans, "territory_accountassignment") <= {
        "territory_assignment_totals", "territory_accountassignment_territory_id_6caee0bc",
    }  # fmt: skip


@pytest.mark.parametrize(("ordering", "index"), [("name", "accounts_account_name"), ("-revenue_minor", None)])
@pytest.mark.usefixtures("knowledge")
def test_a_page_of_the_list_is_read_in_the_order_of_its_index(crowd: Alignment, ordering: str, index: str) -> None:
    sign = "-" if ordering.startswith("-") else ""
    page = Account.objects.filter(workspace_id=crowd.workspace_id).order_by(ordering, f"{sign}id")[:51]
    statement, values = page.query.sql_with_params()
    assert indexes(plan_of(statement, values), "accounts_account") == {index or "accounts_account_revenue"}


@pytest.mark.usefixtures("knowledge")
def test_the_accounts_of_a_territory_are_never_looked_for_in_the_whole_table(crowd: Alignment) -> None:
    territory = Territory.objects.get(alignment=crowd)
    accounts = in_alignment(Account.objects.filter(workspace_id=crowd.workspace_id), crowd, territory.pk)
    statement, values = accounts.order_by("name", "id")[:51].query.sql_with_params()
    assert "Seq Scan" not in indexes(plan_of(statement, values), "territory_accountassignment")


@pytest.mark.usefixtures("knowledge")
def test_an_edit_reads_assignments_by_key_for_the_affected_accounts_only(crowd: Alignment) -> None:
    """Every look-up of an account's own row goes by a key, whatever the planner thinks it knows."""
    some = list(Account.objects.filter(workspace_id=crowd.workspace_id).values_list("id", flat=True)[:500])
    for affected in (given(some), between([(None, square(0.4, 0.4, 0.2, 0.2))])):
        scans = _derivation(crowd, affected)
        assert indexes(scans, "accounts_account") <= {"accounts_account_pkey", "accounts_account_tenant_key"}
        assert indexes(scans, "territory_accountassignment") <= {
            "territory_accountassignment_pkey", "territory_assignment_account", "territory_assignment_cell", "Tid Scan",
        }  # fmt: skip


def _derivation(alignment: Alignment, affected: Any) -> list[dict[str, Any]]:
    """The scans of the statement that `derive` sends."""
    sent: list[tuple[str, Any]] = []

    def listen(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        sent.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(listen):
        derive(alignment, affected)
    [(statement, values)] = sent
    return plan_of(statement, values)


def _tile_in_the_middle(z: int) -> tuple[int, int]:
    lon, lat = square(1, 1).centroid.coords[0]
    x, y = mercator(np.array([lon]), np.array([lat]))
    return int(x[0]) >> (ZOOM - z), int(y[0]) >> (ZOOM - z)
