"""What is checked, in which order, and how each result is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bootstrap.project import Project
from scripts.checks import counting
from scripts.checks.counting import Count

COMPOSE_FILE = "docker-compose.yml"
_COMPOSE_STYLE = ["--config", "../.dclintrc.yaml", "--max-warnings", "0", f"../{COMPOSE_FILE}"]


@dataclass(frozen=True)
class Step:
    title: str
    command: list[str]
    folder: str = "."
    variables: dict[str, str] = field(default_factory=dict)
    report: Path | None = None
    count: Callable[[Path, int], Count] | None = None


def lint(project: Project) -> list[Step]:
    """Everything that reads the sources and needs no database."""
    python, tools = str(project.python), project.venv / "bin"
    return [
        Step("ruff check", [python, "-m", "ruff", "check", "."]),
        Step("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        Step("Biome", ["npm", "run", "--silent", "lint"], "frontend"),
        Step("mypy", [python, "-m", "mypy"]),
        Step("tsc", ["npm", "run", "--silent", "typecheck"], "frontend"),
        Step("import contracts", [str(tools / "lint-imports")]),
        Step("frontend boundaries", ["npm", "run", "--silent", "boundaries"], "frontend"),
        Step("unused frontend code", ["npm", "run", "--silent", "unused"], "frontend"),
        Step("Compose schema", [*_compose_schema(tools), COMPOSE_FILE]),
        Step("Compose style", ["npx", "--no-install", "dclint", *_COMPOSE_STYLE], "frontend"),
        Step("Dockerfile", [str(tools / "hadolint"), "--config", ".hadolint.yaml", "Dockerfile"]),
    ]


def _compose_schema(tools: Path) -> list[str]:
    return [str(tools / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]


def contracts(project: Project) -> list[Step]:
    """Generated files that must match the code they come from."""
    python = str(project.python)
    return [
        Step("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Step("OpenAPI schema", [python, "-m", "scripts.checks.generated", "schema"]),
        Step("generated types", [python, "-m", "scripts.checks.generated", "types"]),
    ]


def tests(project: Project) -> list[Step]:
    results = project.local / "test-results"
    pytest = [str(project.python), "-m", "pytest", "-q"]
    vitest_report = ["--reporter=default", "--reporter=json", f"--outputFile.json={results / 'vitest.json'}"]
    most = ["-n", "2", "--ignore=tests/e2e", "--ignore=tests/benchmarks", "tests"]
    browser = ["-n", "2", "--dist", "loadfile", "tests/e2e"]
    return [
        Step(
            "frontend tests (Vitest)",
            ["npx", "--no-install", "vitest", "run", *vitest_report],
            "frontend",
            report=results / "vitest.json",
            count=counting.of_vitest,
        ),
        _pytest("backend tests (pytest)", [*pytest, *most], results / "pytest.xml"),
        _pytest("browser tests (Chromium)", [*pytest, *browser], results / "browser.xml"),
    ]


def _pytest(title: str, command: list[str], report: Path) -> Step:
    return Step(title, [*command, f"--junitxml={report}"], report=report, count=counting.of_pytest)


def everything(project: Project) -> list[Step]:
    return [*lint(project), *contracts(project), *tests(project)]
