import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from scripts.bootstrap import places, processes
from scripts.bootstrap.places import Places
from scripts.bootstrap.postgres import PostgresServer
from scripts.bootstrap.project import Project
from scripts.bootstrap.redis_server import RedisServer
from scripts.bootstrap.services import Services

MakeCheckout = Callable[[Path], Project]


@pytest.fixture
def project(started_before: MakeCheckout, open_folder: Path) -> Project:
    return started_before(open_folder / "project")


def query(chosen: Places, sql: str, user: str = "app_owner", database: str = "territories") -> list[tuple]:
    address = {"host": str(chosen.sockets), "user": user, "dbname": database}
    connection = psycopg2.connect(**address)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


def all_dead(project: Project) -> bool:
    chosen = places.choose(project)
    return not processes.working_in(chosen.postgres_data) and not processes.working_in(chosen.redis_data)


def test_a_start_gives_a_database_with_postgis_and_the_three_roles(project: Project):
    addresses = Services(project).join()
    chosen = places.choose(project)
    assert addresses["DATABASE_URL"].startswith("postgres://app_runtime@/territories?host=/")
    assert query(chosen, "SELECT postgis_lib_version() > '3'") == [(True,)]
    privileges = "rolname, rolcanlogin, rolcreatedb, rolbypassrls"
    roles = query(chosen, f"SELECT {privileges} FROM pg_roles WHERE rolname LIKE 'app_%'")
    assert sorted(roles) == [
        ("app_owner", True, True, True),
        ("app_runtime", True, False, False),
        ("app_web", False, False, False),
    ]


def test_what_the_owner_creates_the_runtime_role_may_use_but_not_change(project: Project):
    Services(project).join()
    chosen = places.choose(project)
    assert query(chosen, "CREATE TABLE t (id int); INSERT INTO t VALUES (1); COMMIT; SELECT id FROM t") == [(1,)]
    assert query(chosen, "SELECT id FROM t", user="app_runtime") == [(1,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(chosen, "DROP TABLE t", user="app_runtime")


def test_variables_meant_for_another_server_are_ignored(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGHOST", "nowhere.invalid")
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATABASE", "missing")
    Services(project).join()
    assert processes.working_in(places.choose(project).postgres_data)


def test_two_checkouts_run_side_by_side_with_data_of_their_own(started_before: MakeCheckout, open_folder: Path):
    one, two = started_before(open_folder / "one"), started_before(open_folder / "two")
    assert Services(one).join() != Services(two).join()
    query(places.choose(one), "CREATE TABLE only_here (id int); COMMIT; SELECT 1")
    with pytest.raises(psycopg2.errors.UndefinedTable):
        query(places.choose(two), "SELECT * FROM only_here")
    Services(one).stop()
    assert all_dead(one)
    assert query(places.choose(two), "SELECT 1") == [(1,)]


def test_after_a_kill_of_everything_the_next_start_finds_the_data(project: Project):
    Services(project).join()
    chosen = places.choose(project)
    query(chosen, "CREATE TABLE kept AS SELECT 7 AS id; COMMIT; SELECT 1")
    everything = [*processes.working_in(chosen.postgres_data), *processes.working_in(chosen.redis_data)]
    processes.end(everything, grace_s=10, first=signal.SIGKILL)
    assert all_dead(project)
    assert (chosen.postgres_data / "postmaster.pid").exists()
    Services(project).join()
    assert query(chosen, "SELECT id FROM kept") == [(7,)]
    assert RedisServer(chosen).answers


def test_a_left_over_pid_file_naming_a_living_stranger_is_no_obstacle(project: Project):
    Services(project).join()
    Services(project).stop()
    chosen = places.choose(project)
    lines = [os.getpid(), chosen.postgres_data, 0, 5432, chosen.sockets, "", 0, "ready"]
    (chosen.postgres_data / "postmaster.pid").write_text("".join(f"{line}\n" for line in lines))
    (chosen.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    assert PostgresServer(chosen).pid is None
    Services(project).join()
    assert query(chosen, "SELECT 1") == [(1,)]


def test_an_interrupted_creation_is_begun_again(checkout: MakeCheckout, open_folder: Path):
    project = checkout(open_folder / "project")
    project.prepare()
    chosen = places.choose(project)
    unfinished = chosen.base / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("15\n")
    Services(project).join()
    assert not unfinished.exists()
    assert query(chosen, "SELECT 1") == [(1,)]


def test_a_server_killed_under_a_running_system_is_revived(project: Project):
    services = Services(project)
    services.join()
    chosen = places.choose(project)
    postmaster = PostgresServer(chosen).pid
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)
    assert processes.wait_until(lambda: PostgresServer(chosen).pid is None, 5)
    services.revive()
    assert query(chosen, "SELECT 1") == [(1,)]


def test_the_last_user_stops_the_servers_and_nobody_before(project: Project):
    first, second = Services(project), Services(project)
    first.join()
    second.join()
    first.leave()
    assert query(places.choose(project), "SELECT 1") == [(1,)]
    second.leave()
    assert all_dead(project)


def test_servers_asked_to_stay_outlive_their_users(project: Project):
    private = Services(project)
    private.join()
    private.keep()
    private.leave()
    assert RedisServer(places.choose(project)).answers
    Services(project).stop()
    assert all_dead(project)


def test_given_addresses_are_used_and_nothing_is_started(
    checkout: MakeCheckout, open_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    project = checkout(open_folder / "project")
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    assert Services(project).join() == {
        "DATABASE_URL": "postgres://someone@elsewhere/db",
        "OWNER_DATABASE_URL": "postgres://someone@elsewhere/db",
        "REDIS_URL": "redis://elsewhere:6379/0",
    }
    assert not (project.local / "services").exists()


def test_two_starts_at_once_end_in_one_pair_of_servers(checkout: MakeCheckout, open_folder: Path):
    project = checkout(open_folder / "project")
    command = ["python3", "-m", "scripts", "services"]
    starts = [subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [start.wait(timeout=60) for start in starts] == [0, 0]
    chosen = places.choose(project)
    assert len(processes.working_in(chosen.redis_data)) == 1
    assert query(chosen, "SELECT 1") == [(1,)]
