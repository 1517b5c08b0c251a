"""Commands behind the Makefile: `python3 -m scripts COMMAND`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the message must appear where the rest would not even load
    sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 ...")

import argparse
import os

from scripts import upkeep
from scripts.bootstrap.console import Problem, complain
from scripts.bootstrap.project import Project
from scripts.checks import test
from scripts.runner.run import run

COMMANDS = {
    "run": run,
    "test": test.test,
    "lint": test.lint,
    "bench": test.bench,
    "format": upkeep.format_sources,
    "schema": upkeep.schema,
    "lock": upkeep.lock,
    "services": upkeep.services,
    "stop": upkeep.stop,
    "clean": upkeep.clean,
    "reset": upkeep.reset,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m scripts", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    arguments = parser.parse_args()
    # Dozens of processes follow; without bytecode each of them compiles Django, scipy and the rest anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return COMMANDS[arguments.command](Project.here())
    except Problem as problem:
        complain(f"error: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
