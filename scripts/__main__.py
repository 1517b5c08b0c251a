"""Commands behind the Makefile: `python3 -m scripts COMMAND`."""

from __future__ import annotations

import argparse
import sys

from scripts.bootstrap.console import Problem, complain, say
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services


def services(project: Project) -> int:
    """Start PostGIS and Redis and leave them running."""
    private = Services(project)
    addresses = private.join()
    private.keep()
    path = private.write_environment(addresses)
    for name, value in addresses.items():
        say(f"{name}={value}")
    say(f"For your shell: source {path}")
    return 0


def stop(project: Project) -> int:
    """Stop PostGIS and Redis of this checkout."""
    Services(project).stop()
    return 0


COMMANDS = {"services": services, "stop": stop}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m scripts", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    arguments = parser.parse_args()
    try:
        return COMMANDS[arguments.command](Project.here())
    except Problem as problem:
        complain(f"error: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
