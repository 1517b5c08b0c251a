"""Edit to totals: from an operation to the new totals of the territories it touched, committed, at 100,000 accounts.

Run with `python -m tests.benchmarks.bench_edit`.
"""

import os
import statistics
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TEST_DATABASE"] = f"bench_crowd_{os.getpid()}"
django.setup()

import shapely
from shapely import MultiPolygon

from territory.models import Alignment, Basis, Territory, UnitAssignment
from territory.patches.patch import shape_of
from territory.services.edit_alignment import edit_alignment
from territory.totals import territory_totals
from tests.benchmarks.crowd import N_ACCOUNTS, Crowd, crowd
from workspace.tenancy import workspace

LIMIT_MS = 300
ROUNDS = 9


def main() -> int:
    with crowd() as made:
        rows = [_units(made, 1), _units(made, 10), _drawn(made)]
    print(f"Edit to totals at {N_ACCOUNTS:,} accounts, median and worst of {ROUNDS} edits, limit {LIMIT_MS} ms")
    for name, milliseconds, moved in rows:
        median, worst = statistics.median(milliseconds), max(milliseconds)
        print(
            f"  {name:<8} {median:7.0f} ms  worst {worst:7.0f} ms  {statistics.mean(moved):7.0f} accounts moved an edit"
        )
    return int(any(statistics.median(milliseconds) > LIMIT_MS for _, milliseconds, _ in rows))


def _units(made: Crowd, count: int) -> tuple[str, list[float], list[int]]:
    """Painting some units back and forth between two neighbours."""
    alignment = made.alignment(Basis.UNITS)
    with workspace(made.workspace_id):
        territories = list(
            Territory.objects.filter(alignment=alignment).order_by("position").values_list("pk", flat=True)
        )
        held = UnitAssignment.objects.filter(alignment=alignment, territory_id__in=territories[:3])
        units = list(held.order_by("unit_id").values_list("unit_id", flat=True))[:count]
    edits = [
        {"operation": "assign_units", "arguments": {"unit_ids": units, "territory_id": territories[3 + i % 2]}}
        for i in range(ROUNDS)
    ]
    return f"{count} unit{'s'[: count > 1]}", *_measure(made, alignment, edits)


def _drawn(made: Crowd) -> tuple[str, list[float], list[int]]:
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
    return "drawn", *_measure(made, alignment, edits)


def _measure(made: Crowd, alignment: Alignment, edits: list[dict]) -> tuple[list[float], list[int]]:
    milliseconds, moved, revision = [], [], alignment.revision
    for edit in edits:
        start = time.perf_counter()
        with workspace(made.workspace_id):
            done = edit_alignment(alignment.pk, revision=revision, actor=made.actor, **edit)
            territory_totals(done.alignment, done.territory_ids)
        milliseconds.append((time.perf_counter() - start) * 1000)
        moved.append(done.n_accounts_moved)
        revision = done.alignment.revision
    return milliseconds, moved


if __name__ == "__main__":
    sys.exit(main())
