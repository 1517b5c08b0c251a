from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.cast import make_cast
from tests.conftest import WEB_ROLE
from workspace.models import Team, Workspace
from workspace.planner import count_rows
from workspace.tenancy import workspace

TABLE = "workspace_team"


def make_teams(count: int, tenant: Workspace) -> None:
    with workspace(tenant.pk):
        Team.objects.bulk_create(Team(workspace=tenant, name=f"Team {uuid4()}") for _ in range(count))


def rows_known() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [TABLE])
        return int(cursor.fetchone()[0])


def vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"VACUUM (TRUNCATE FALSE) {TABLE}")
        cursor.execute(f"SET ROLE {WEB_ROLE}")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_vacuum_took_for_empty_is_counted_before_the_load_is_committed() -> None:
    with transaction.atomic():
        make_teams(2_000, make_cast().workspace)
        transaction.set_rollback(True)
    vacuum()
    assert rows_known() == 0
    with transaction.atomic():
        make_teams(2_000, make_cast().workspace)
        count_rows(2_000, TABLE)
        assert rows_known() > 2_000


@pytest.mark.django_db(transaction=True)
def test_a_table_is_counted_again_only_when_most_of_its_rows_are_unknown() -> None:
    tenant = make_cast().workspace
    make_teams(2_000, tenant)
    count_rows(2_000, TABLE)
    known = rows_known()
    make_teams(1_000, tenant)
    count_rows(3_000, TABLE)
    assert rows_known() == known
    make_teams(2_000, tenant)
    count_rows(5_000, TABLE)
    assert rows_known() > 2 * known


@pytest.mark.django_db
def test_a_name_that_is_no_table_of_ours_counts_nothing() -> None:
    count_rows(2_000, "pg_class", 'workspace_team"; DROP TABLE workspace_team; --', "")
