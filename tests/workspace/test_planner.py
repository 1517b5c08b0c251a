import pytest
from django.db import connection, transaction

from tests.cast import make_cast
from tests.conftest import WEB_ROLE
from workspace.models import Team
from workspace.planner import count_rows
from workspace.tenancy import workspace


def rows_known(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_rows_of_a_table_that_a_vacuum_took_for_empty_are_counted_before_the_load_is_committed() -> None:
    with transaction.atomic():
        make_cast()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("VACUUM (TRUNCATE FALSE) workspace_team")
        cursor.execute(f"SET ROLE {WEB_ROLE}")
    assert rows_known("workspace_team") == 0
    with transaction.atomic():
        cast = make_cast()
        count_rows("workspace_team")
        with workspace(cast.workspace.pk):
            Team.objects.filter(workspace=cast.workspace).get()
        assert rows_known("workspace_team") == 2


@pytest.mark.django_db
def test_a_name_that_is_no_table_of_ours_counts_nothing() -> None:
    count_rows("pg_class", 'workspace_team"; DROP TABLE workspace_team; --', "")
