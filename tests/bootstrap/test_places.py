import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.bootstrap import places
from scripts.bootstrap.project import Project

MakeCheckout = Callable[[Path], Project]
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root hands the servers to another user")


def prepared(project: Project) -> Project:
    project.prepare()
    return project


def test_data_and_sockets_stay_in_the_checkout_where_they_can(checkout: MakeCheckout, open_folder: Path):
    project = prepared(checkout(open_folder / "project"))
    chosen = places.choose(project)
    assert chosen.base == project.local / "services"
    assert chosen.sockets == project.local / "services" / "run"


def test_a_long_path_moves_only_the_sockets(checkout: MakeCheckout, open_folder: Path):
    project = prepared(checkout(open_folder / ("deep" * 30)))
    chosen = places.choose(project)
    assert chosen.base == project.local / "services"
    assert project.slug in chosen.sockets.name
    assert places.fits(chosen.sockets)


@as_root
def test_a_parent_closed_to_the_server_user_moves_the_data(checkout: MakeCheckout, open_folder: Path):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    project = prepared(checkout(closed / "project"))
    chosen = places.choose(project)
    assert chosen.base == Path("/var/lib") / project.slug
    assert chosen.account.can_enter(chosen.base)


@as_root
def test_data_moved_once_are_found_again_when_the_parent_opens(checkout: MakeCheckout, open_folder: Path):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    project = prepared(checkout(closed / "project"))
    before = places.choose(project)
    before.postgres_data.mkdir()
    (before.postgres_data / "PG_VERSION").write_text("15\n")
    os.chown(before.postgres_data, before.account.uid, before.account.gid)
    closed.chmod(0o755)
    assert places.choose(project).base == before.base


def test_two_checkouts_never_share_a_name(open_folder: Path):
    assert Project(open_folder / "one").slug != Project(open_folder / "two").slug


@pytest.mark.parametrize(("length", "fitting"), [(93, True), (94, False)])
def test_socket_paths_are_measured_in_bytes_against_the_kernels_limit(length: int, fitting: bool):
    assert places.fits(Path("/" + "d" * (length - 1))) is fitting
    assert places.fits(Path("/" + "é" * ((length - 1) // 2) + "d" * ((length - 1) % 2))) is fitting
