import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.cast import Cast
from workspace.models import Change, Team
from workspace.tenancy import workspace


def test_without_a_workspace_no_row_is_seen(cast: Cast) -> None:
    assert list(Team.objects.all()) == []


def test_inside_a_workspace_only_its_own_rows_are_seen(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        assert list(Team.objects.all()) == [cast.team]


def test_leaving_an_inner_workspace_brings_the_outer_one_back(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        with workspace(cast.foreign.workspace.id):
            assert list(Team.objects.all()) == [cast.foreign.team]
        assert list(Team.objects.all()) == [cast.team]
    assert list(Team.objects.all()) == []


def test_a_row_for_another_workspace_is_refused(cast: Cast) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        workspace(cast.workspace.id),
        transaction.atomic(),
    ):
        Team.objects.create(workspace=cast.foreign.workspace, name="Spy")


def test_a_reference_to_another_workspaces_row_is_refused(cast: Cast) -> None:
    foreign_admin = cast.foreign.members["admin"]
    stolen = Change(workspace=cast.workspace, member=foreign_admin, subject_id=1, revision_before=0, revision_after=0)
    with workspace(cast.workspace.id), pytest.raises(IntegrityError):
        save_and_check_constraints(stolen)


def save_and_check_constraints(row: Change) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        row.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_every_table_with_a_workspace_has_a_forced_policy() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                  SELECT FROM pg_policies p WHERE p.tablename = c.relname AND p.policyname = 'workspace_isolation'))
            """
        )
        open_tables = {row[0] for row in cursor.fetchall()}
    assert open_tables == {"workspace_member"}  # read before a workspace is known


@pytest.mark.django_db
def test_the_web_role_cannot_bypass_the_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("app_web", False, False)
