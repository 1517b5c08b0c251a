"""The OpenAPI schema and the TypeScript types: generated afresh and compared, or written."""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

from scripts.bootstrap.console import complain, say
from scripts.bootstrap.frontend import node_environment
from scripts.bootstrap.project import Project

SCHEMA = Path("frontend/src/api/openapi.json")
TYPES = Path("frontend/src/api/schema.d.ts")
SHOWN_DIFFERENCES = 40


def generate_schema(project: Project, target: Path) -> int:
    command = [
        str(project.python),
        "manage.py",
        "spectacular",
        "--format",
        "openapi-json",
        "--validate",
        "--fail-on-warn",
    ]
    return subprocess.run([*command, "--file", target], cwd=project.root).returncode


def generate_types(project: Project, target: Path) -> int:
    program = project.frontend / "node_modules" / ".bin" / "openapi-typescript"
    source = project.root / SCHEMA
    command = [str(program), str(source), "-o", str(target)]
    environment = node_environment(project)
    return subprocess.run(command, cwd=project.frontend, env=environment, stdout=subprocess.DEVNULL).returncode


def compare(committed: Path, fresh: Path) -> int:
    old = committed.read_text().splitlines() if committed.exists() else []
    new = fresh.read_text().splitlines()
    if old == new:
        say(f"{committed.name} is up to date.")
        return 0
    changes = list(difflib.unified_diff(old, new, "committed", "generated", lineterm="", n=1))
    complain("\n".join(changes[:SHOWN_DIFFERENCES]))
    complain(f"{committed.name} is stale ({len(changes)} lines of difference): run `make schema`.")
    return 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.checks.generated", description=__doc__)
    parser.add_argument("kind", choices=["schema", "types"])
    parser.add_argument("--write", action="store_true", help="replace the committed file")
    arguments = parser.parse_args()
    project = Project.here()
    committed = SCHEMA if arguments.kind == "schema" else TYPES
    generate = generate_schema if arguments.kind == "schema" else generate_types
    fresh = project.local / "generated" / committed.name
    fresh.parent.mkdir(parents=True, exist_ok=True)
    if code := generate(project, fresh):
        return code
    if arguments.write:
        os.replace(fresh, project.root / committed)
        return 0
    return compare(project.root / committed, fresh)


if __name__ == "__main__":
    sys.exit(main())
