"""The virtual environment: by uv where it is present, else by venv and pip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from scripts.bootstrap.console import Problem, timed
from scripts.bootstrap.project import Project
from scripts.bootstrap.stamps import Stamp, fingerprint

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"


def ensure(project: Project, *, development: bool) -> None:
    """Install the locked packages when the lock, the interpreter or the folder changed."""
    create = not _works(project)
    wanted = {name: _fingerprint(project, name) for name in (RUNTIME, DEVELOPMENT)}
    stamps = {name: Stamp(project, f"python-{name}") for name in wanted}
    has_development = stamps[DEVELOPMENT].matches(wanted[DEVELOPMENT])
    has_runtime = has_development or stamps[RUNTIME].matches(wanted[RUNTIME])
    if not create and (has_development if development else has_runtime):
        return
    lock = DEVELOPMENT if development else RUNTIME
    for stamp in stamps.values():
        stamp.remove()
    if create:
        _create(project)
    with timed(f"Installing Python packages from {lock}"):
        _install(project, lock)
    stamps[lock].write(wanted[lock])


def _fingerprint(project: Project, lock: str) -> str:
    return fingerprint(sys.version_info[:3], str(project.venv), files=[project.root / lock])


def _works(project: Project) -> bool:
    """A copied or half-made environment counts as absent: its scripts point elsewhere."""
    if not project.python.exists():
        return False
    question = "import sys; print(sys.prefix, '%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([project.python, "-c", question], capture_output=True, text=True)
    expected = f"{project.venv} {sys.version_info.major}.{sys.version_info.minor}"
    script = project.venv / "bin" / "celery"
    moved = script.exists() and str(project.venv) not in script.read_text(errors="replace")[:300]
    return answer.returncode == 0 and answer.stdout.strip() == expected and not moved


def _create(project: Project) -> None:
    with timed("Creating the virtual environment .venv"):
        uv = shutil.which("uv")
        if uv:
            _run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(project.venv)])
        else:
            _run([sys.executable, "-m", "venv", "--clear", str(project.venv)])


def _install(project: Project, lock: str) -> None:
    uv = shutil.which("uv")
    path = str(project.root / lock)
    if uv:
        _run([uv, "pip", "install", "--quiet", "--python", str(project.python), "--require-hashes", "-r", path])
    else:
        pip = [str(project.python), "-m", "pip", "--disable-pip-version-check"]
        _run([*pip, "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", path])


def _run(command: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    if subprocess.run(command, env=environment).returncode != 0:
        raise Problem(f"This command failed: {' '.join(command)}")
