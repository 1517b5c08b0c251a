"""Take a million accounts out as CSV, workbook and Parquet, beside a raw COPY of the same join in the same run.

Each file is made in a process of its own, through the same code that answers a request: rows a second, how many times
slower than COPY, and the most memory that the process held.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TEST_DATABASE"] = f"bench_export_{os.getpid()}"
django.setup()

from django.db import connection

from territory.exports.formats import Options
from territory.exports.registry import FORMAT_BY_KEY, stream_export
from territory.models import Alignment
from tests.benchmarks.bench_import import in_a_database_of_its_own
from tests.cast import make_cast
from tests.conftest import WEB_ROLE, become
from workspace.planner import count_rows
from workspace.tenancy import workspace

ROWS = 1_000_000
TERRITORIES = 50
KEYS = ("assignments.csv", "assignments.parquet", "assignments.xlsx")
LIMIT_S_PER_ROW = 60 / 1_000_000
ROOT = Path(__file__).parents[2]
_ACCOUNTS = """
INSERT INTO accounts_account (workspace_id, external_id, name, street, city, region, postal_code, country, phone,
    segment, crm_owner, geocode_quality, location, cell, revenue_minor, potential_minor, pipeline_minor,
    visits_per_year, service_min_per_visit, custom_metrics, updated_at)
SELECT %(workspace)s, 'A' || n, 'Account number ' || n, n || ' Long Lane', 'Town ' || n %% 900, 'GA',
    (30000 + n %% 2000)::text, 'US', '404 555 ' || n %% 10000, 'Retail', 'Owner ' || n %% 60, 'given',
    ST_SetSRID(ST_MakePoint(-85 + n %% 40000 / 10000.0, 31 + n %% 30000 / 10000.0), 4326), n, n * 17 %% 10000000,
    n * 13 %% 5000000, n * 7 %% 1000000, n %% 24, 30 + n %% 45, jsonb_build_object('size', n %% 500), now()
FROM generate_series(1, %(rows)s) AS n
"""
_TERRITORIES = """
INSERT INTO territory_territory (workspace_id, alignment_id, code, name, colour, is_locked, position, area_m2)
SELECT %(workspace)s, %(alignment)s, 'T' || n, 'Territory ' || n, '#336699', false, n, 0
FROM generate_series(1, %(territories)s) AS n
"""
_ASSIGNMENTS = """
INSERT INTO territory_accountassignment (workspace_id, alignment_id, account_id, territory_id, source, is_overlap,
    revenue_minor, potential_minor, pipeline_minor, workload_h, visits_per_year)
SELECT a.workspace_id, %(alignment)s, a.id, t.id, 'boundary', false, 0, 0, 0, 0, 0
FROM accounts_account a
JOIN territory_territory t ON t.workspace_id = a.workspace_id AND t.position = 1 + a.id %% %(territories)s
WHERE a.workspace_id = %(workspace)s
"""
_COPY = """
COPY (
    SELECT a.external_id, a.name, a.street, a.city, a.region, a.postal_code, a.country, a.phone, ST_Y(a.location),
        ST_X(a.location), a.segment, a.crm_owner, a.visits_per_year, a.service_min_per_visit, a.revenue_minor,
        a.potential_minor, a.pipeline_minor, a.custom_metrics ->> 'size', w.currency,
        a.visits_per_year * a.service_min_per_visit / 60, t.code, t.name, r.external_id, r.name, s.source, s.is_overlap,
        a.geocode_quality
    FROM accounts_account a
    JOIN workspace_workspace w ON w.id = a.workspace_id
    LEFT JOIN territory_accountassignment s
        ON s.workspace_id = a.workspace_id AND s.alignment_id = {alignment} AND s.account_id = a.id
    LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
    LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
    WHERE a.workspace_id = {workspace} ORDER BY a.id
) TO STDOUT (FORMAT csv, HEADER)
"""


class Sink:
    def __init__(self) -> None:
        self.n_bytes = 0

    def write(self, data: bytes) -> None:
        self.n_bytes += len(data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", type=int, nargs="?", default=ROWS, help="how many accounts")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return take(*arguments.one)
    return in_a_database_of_its_own(lambda: measure(arguments.rows))


def measure(n_rows: int) -> int:
    alignment = make_up(n_rows)
    print(f"   {n_rows:,} accounts, {TERRITORIES} territories")
    copied, taken = alone(alignment, "copy"), {}
    report("raw COPY of the same join", copied, n_rows, copied["seconds"])
    for key in KEYS:
        taken[key] = alone(alignment, key)
        report(key, taken[key], n_rows, copied["seconds"])
    limit_s = LIMIT_S_PER_ROW * n_rows
    missed = [key for key in KEYS if taken[key]["seconds"] > limit_s]
    print(f"   limit {limit_s:.1f} s: " + (f"MISSED by {' and '.join(missed)}" if missed else "kept"))
    return 1 if missed else 0


def make_up(n_rows: int) -> Alignment:
    cast = make_cast()
    tenant = cast.workspace
    with workspace(tenant.pk), connection.cursor() as cursor:
        alignment = Alignment.objects.create(workspace=tenant, team=cast.team, name="Plan", basis="drawn")
        values = {
            "workspace": tenant.pk, "alignment": alignment.pk, "rows": n_rows, "territories": TERRITORIES,
        }  # fmt: skip
        for statement in (_ACCOUNTS, _TERRITORIES, _ASSIGNMENTS):
            cursor.execute(statement, values)
        count_rows(n_rows, "accounts_account", "territory_accountassignment")
    return alignment


def alone(alignment: Alignment, what: str) -> dict[str, float]:
    """The same run in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_export", "--one", what]
    known = f"{alignment.workspace_id}/{alignment.pk}/{connection.settings_dict['NAME']}"
    done = subprocess.run([*command, known], cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def take(what: str, known: str) -> int:
    workspace_id, alignment_id, database = known.split("/")
    connection.settings_dict["NAME"] = database
    become(connection, WEB_ROLE)
    with workspace(int(workspace_id)):
        alignment = Alignment.objects.select_related("workspace").get(pk=int(alignment_id))
    before = peak_mb()
    started = time.perf_counter()
    n_bytes = copy(alignment) if what == "copy" else sum(map(len, pieces(alignment, what)))
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "mb": n_bytes / 1e6, "peak_mb": peak_mb(), "grown_mb": peak_mb() - before}))
    return 0


def pieces(alignment: Alignment, key: str) -> Iterator[bytes]:
    return stream_export(FORMAT_BY_KEY[key], alignment, Options())


def copy(alignment: Alignment) -> int:
    sink = Sink()
    with workspace(alignment.workspace_id), connection.cursor() as cursor:
        statement = _COPY.format(alignment=int(alignment.pk), workspace=int(alignment.workspace_id))
        cursor.copy_expert(statement, sink)
    return sink.n_bytes


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(what: str, taken: dict[str, float], n_rows: int, copy_s: float) -> None:
    seconds = taken["seconds"]
    print(
        f"   {what:26} {seconds:7.2f} s  {n_rows / seconds:10,.0f} rows/s  {seconds / copy_s:5.1f} × COPY"
        f"  {taken['mb']:7.1f} MB  peak {taken['peak_mb']:4.0f} MiB (grew by {taken['grown_mb']:.0f})",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
