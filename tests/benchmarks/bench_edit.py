"""Edits and scenarios beside their limits, at 100,000 accounts and at 1,000,000.

From an operation to the new totals of the territories it touched, committed: one unit, 5 % of all accounts, a drawn
boundary; and a whole alignment copied as a scenario. Run with `python -m tests.benchmarks.bench_edit [accounts …]`.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TEST_DATABASE"] = f"bench_crowd_{os.getpid()}"
django.setup()

import shapely
from django.db.models import F
from shapely import MultiPolygon

from territory.models import Alignment, Basis, Territory, UnitAssignment
from territory.patches.patch import shape_of
from territory.services.create_alignment import Source, create_alignment
from territory.services.edit_alignment import edit_alignment
from territory.totals import territory_totals
from tests.benchmarks.crowd import Crowd, crowd
from workspace.tenancy import workspace

SIZES = (100_000, 1_000_000)
EDIT_LIMIT_MS = {100_000: 150, 1_000_000: 400}
SCENARIO_LIMIT_MS = 5000
SHARE = 0.05
ROUNDS = 9
COPIES = 3
Row = tuple[str, list[float], list[int], int]


def main() -> int:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    missed = [_report(n_accounts) for n_accounts in sizes]
    return int(any(missed))


def _report(n_accounts: int) -> bool:
    limit_ms = EDIT_LIMIT_MS.get(n_accounts, EDIT_LIMIT_MS[100_000])
    with crowd(n_accounts) as made:
        alignment = made.alignment(Basis.UNITS)
        made.vacuum()
        rows = [_units(made, alignment, 1, limit_ms), _units(made, alignment, SHARE * n_accounts, limit_ms)]
        rows += [_drawn(made, limit_ms), _scenario(made, alignment, n_accounts)]
    print(f"{n_accounts:,} accounts, median and worst")
    for name, milliseconds, moved, limit in rows:
        median, worst = statistics.median(milliseconds), max(milliseconds)
        print(
            f"  {name:<20} {median:7.0f} ms = {median / limit:.2f} × limit, worst {worst:7.0f} ms, "
            f"{statistics.mean(moved):9,.0f} accounts each"
        )
    return any(statistics.median(milliseconds) > limit for _, milliseconds, _, limit in rows)


def _units(made: Crowd, alignment: Alignment, n_wanted: float, limit_ms: int) -> Row:
    """So many units of three neighbours that they hold n accounts, painted back and forth between two others."""
    with workspace(made.workspace_id):
        alignment.refresh_from_db(fields=["revision"])
        territories = list(
            Territory.objects.filter(alignment=alignment).order_by("position").values_list("pk", flat=True)
        )
        held = UnitAssignment.objects.filter(alignment=alignment, unit__n_accounts__gt=0)
        rows = held.order_by("unit_id").values_list("unit_id", F("unit__n_accounts"))
        units, n_held = [], 0
        for unit_id, n in rows:
            if n_held >= n_wanted:
                break
            units.append(unit_id)
            n_held += n
    edits = [
        {"operation": "assign_units", "arguments": {"unit_ids": units, "territory_id": territories[3 + i % 2]}}
        for i in range(ROUNDS)
    ]
    name = "1 unit" if len(units) == 1 else f"{n_wanted:,.0f} accounts"
    return name, *_measure(made, alignment, edits), limit_ms


def _drawn(made: Crowd, limit_ms: int) -> Row:
    """Pushing a boundary of some hundred vertices out by a few kilometres, and back."""
    alignment = made.alignment(Basis.DRAWN)
    with workspace(made.workspace_id):
        territory = Territory.objects.filter(alignment=alignment).order_by("position")[2]
        before = shape_of(territory)
    grown = [MultiPolygon([part]) for part in shapely.get_parts(before.buffer(0.05, quad_segs=16))][:1]
    shapes = [grown[0] if i % 2 == 0 else before for i in range(ROUNDS)]
    edits = [
        {"operation": "set_boundary", "arguments": {"territory_id": territory.pk, "boundary": shape}}
        for shape in shapes
    ]
    return "drawn boundary", *_measure(made, alignment, edits), limit_ms


def _scenario(made: Crowd, alignment: Alignment, n_accounts: int) -> Row:
    def copy() -> int:
        create_alignment(
            name="Scenario", team=made.team, basis=Basis.UNITS, source=Source.COPY, copy_of=alignment,
            unit_layer=made.layer, actor=made.actor,
        )  # fmt: skip
        return n_accounts

    return "scenario", *_timed(made, [copy] * COPIES), SCENARIO_LIMIT_MS


def _measure(made: Crowd, alignment: Alignment, edits: list[dict]) -> tuple[list[float], list[int]]:
    revision = alignment.revision

    def carry_out(edit: dict) -> int:
        nonlocal revision
        done = edit_alignment(alignment.pk, revision=revision, actor=made.actor, **edit)
        territory_totals(done.alignment, done.territory_ids)
        revision = done.alignment.revision
        return done.n_accounts_moved

    return _timed(made, [lambda edit=edit: carry_out(edit) for edit in edits])


def _timed(made: Crowd, steps: list[Callable[[], int]]) -> tuple[list[float], list[int]]:
    """Milliseconds of each step with its commit, and what it says that it moved."""
    milliseconds, moved = [], []
    for step in steps:
        start = time.perf_counter()
        with workspace(made.workspace_id):
            moved.append(step())
        milliseconds.append((time.perf_counter() - start) * 1000)
    return milliseconds, moved


if __name__ == "__main__":
    sys.exit(main())
