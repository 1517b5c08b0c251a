"""Throw-away checkouts with servers of their own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from scripts.bootstrap import places
from scripts.bootstrap.postgres_programs import find_programs
from scripts.bootstrap.project import Project
from scripts.bootstrap.redis_server import find_program
from scripts.bootstrap.services import VARIABLES, Services

ROOM_BYTES = 4 * 2**30


@pytest.fixture(autouse=True)
def no_given_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_addresses(monkeypatch)


def forget_addresses(patch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "PORT", "HOST"):
        patch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A short path that every system user can enter."""
    with open_temporary_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def first_data() -> Iterator[Path]:
    """The data of a first start, made once: copied, a checkout starts in a fraction of a second."""
    if find_programs() is None or find_program() is None:
        pytest.skip("PostgreSQL with PostGIS or Redis is not installed")
    with pytest.MonkeyPatch.context() as patch, open_temporary_folder() as folder:
        forget_addresses(patch)
        project = copy_scripts(folder / "first")
        Services(project).join()
        Services(project).stop()
        yield places.choose(project).base


@pytest.fixture
def checkout(open_folder: Path) -> Iterator[Callable[[Path], Project]]:
    """Makes checkouts that hold the scripts alone; what they started and stored elsewhere is removed."""
    made: list[Project] = []

    def make(root: Path) -> Project:
        made.append(copy_scripts(root))
        return made[-1]

    yield make
    for project in made:
        Services(project).stop()
        chosen = places.choose(project)
        for folder in (chosen.base, chosen.sockets):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def started_before(checkout: Callable[[Path], Project], first_data: Path) -> Callable[[Path], Project]:
    """Makes checkouts that have a database already."""

    def make(root: Path) -> Project:
        project = checkout(root)
        project.prepare()
        shutil.copytree(first_data / "postgres", places.choose(project).postgres_data)
        return project

    return make


@contextmanager
def open_temporary_folder() -> Iterator[Path]:
    """In memory where there is room for some databases: a disk shared with other work makes starts slow."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="t-", dir=memory if roomy else "/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def copy_scripts(root: Path) -> Project:
    root.mkdir(parents=True, exist_ok=True)
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(settings.BASE_DIR / "scripts", root / "scripts", ignore=unwanted)
    return Project(root)
