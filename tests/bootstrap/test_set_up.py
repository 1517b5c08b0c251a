import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from scripts.bootstrap import frontend, system_packages
from scripts.bootstrap.console import Problem
from scripts.bootstrap.project import Project
from scripts.bootstrap.stamps import Stamp, fingerprint

LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(name: str) -> dict[str, str]:
    """Package → its whole entry in the lock, hashes included."""
    text = (settings.BASE_DIR / name).read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    return {entry.partition("==")[0]: entry for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_with_a_hash_and_without_an_address(name: str):
    entries = locked(name)
    assert len(entries) > 50
    assert [package for package, entry in entries.items() if "--hash=sha256:" not in entry] == []
    assert "://" not in (settings.BASE_DIR / name).read_text()


def test_what_is_tested_is_what_runs():
    runtime, development = (locked(name) for name in LOCKS)
    assert {package: development.get(package) for package in runtime} == runtime


@pytest.mark.parametrize("name", LOCKS)
def test_every_wanted_package_is_in_the_lock(name: str):
    wanted = (settings.BASE_DIR / name.replace(".txt", ".in")).read_text()
    names = re.findall(r"^([a-z][a-z0-9-]+)", wanted, flags=re.MULTILINE)
    assert set(names) <= locked(name).keys()


def test_missing_packages_are_named_in_one_command_where_they_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem) as problem:
        system_packages.ensure(browser=True, databases=True)
    commands = [line for line in str(problem.value).splitlines() if "apt-get" in line]
    assert len(commands) == 1
    assert re.search(r"sudo apt-get update .* && sudo apt-get install .*redis-server.*chromium", commands[0])


def test_a_step_is_done_again_when_its_inputs_change_and_only_then(tmp_path: Path):
    project = Project(tmp_path)
    project.prepare()
    source = tmp_path / "source"
    source.write_text("one")
    stamp = Stamp(project, "step")
    assert not stamp.matches(fingerprint(files=[source]))
    stamp.write(fingerprint(files=[source]))
    os.utime(source, (0, 0))
    assert stamp.matches(fingerprint(files=[source]))
    source.write_text("two")
    assert not stamp.matches(fingerprint(files=[source]))


def test_a_lock_that_does_not_match_its_manifest_is_refused(tmp_path: Path):
    project = Project(tmp_path)
    project.prepare()
    project.frontend.mkdir()
    (project.frontend / "package.json").write_text(json.dumps({"dependencies": {"leaflet": "1.9.4"}}))
    lock = {"packages": {"": {"dependencies": {"leaflet": "1.9.3"}}}}
    (project.frontend / "package-lock.json").write_text(json.dumps(lock))
    with pytest.raises(Problem, match=r"package-lock.json does not match the dependencies"):
        frontend.ensure_packages(project)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_checkout_of_somebody_else_is_refused_by_name(tmp_path: Path):
    tmp_path.chmod(0o555)
    with pytest.raises(Problem, match=r"\.local"):
        Project(tmp_path).prepare()
