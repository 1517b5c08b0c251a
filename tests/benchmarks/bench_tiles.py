"""Vector tiles of 100,000 accounts: milliseconds beside a raw ST_AsMVT over the same rows, in one run, as a ratio.

The raw query reads the densest tile of each level from a bare table without row-level security, keys or alignments:
points by bounding box from a GiST index, in one ST_AsMVTGeom, which is what a tile server of its own would do.
“By segment” is our tile with segments (six of them) and potential in place of revenue, for which rows are read.
Both tables are vacuumed first, as autovacuum does within a minute of a load.

Run with `python -m tests.benchmarks.bench_tiles`.
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

from django.db import connection

from accounts.cells import ZOOM
from territory.models import Alignment, Basis
from territory.tiles import GROUPED_ZOOM_MAX, account_tile
from tests.benchmarks.crowd import N_ACCOUNTS, Crowd, crowd
from workspace.tenancy import workspace

LIMIT_MS = 50
ROUNDS = 15
LEVELS = (4, 6, 8, 9, 10, 12, 14)
_RAW_TABLE = """
CREATE TEMPORARY TABLE raw_point AS
SELECT s.account_id AS id, coalesce(s.territory_id, 0) AS t, s.revenue_minor AS r,
    ST_Transform(a.location, 3857) AS point
FROM territory_accountassignment s JOIN accounts_account a ON a.id = s.account_id
WHERE s.workspace_id = %s AND s.alignment_id = %s AND a.location IS NOT NULL
"""
_RAW_TILE = """
WITH bounds AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
SELECT ST_AsMVT(tile, 'accounts', 4096, 'geom', 'id') FROM (
    SELECT id, t, r, ST_AsMVTGeom(point, box, 4096, 0, true) AS geom FROM raw_point, bounds WHERE point && box
) tile
"""
_DENSEST = """
SELECT mercator_x >> %(shift)s, mercator_y >> %(shift)s, count(*) FROM territory_accountassignment
WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s AND cell IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1
"""


def main() -> int:
    with crowd() as made:
        alignment = made.alignment(Basis.UNITS)
        made.vacuum()
        with workspace(made.workspace_id):
            _prepare(alignment)
            rows = [_measure(made, alignment, z) for z in LEVELS]
    print(f"Densest tile of {N_ACCOUNTS:,} accounts per level, median of {ROUNDS}, limit {LIMIT_MS} ms")
    print("  level  accounts  kind       ours ms   raw ms   ours ÷ raw   by segment ms")
    for z, count, ours, raw, by_segment in rows:
        kind = "groups" if z <= GROUPED_ZOOM_MAX else "points"
        ratio = ours / raw
        print(f"  z{z:<5} {count:>8,}  {kind:<8} {ours:>9.1f} {raw:>8.1f} {ratio:>12.2f} {by_segment:>15.1f}")
    return int(any(ours > LIMIT_MS for _, _, ours, _, _ in rows))


def _prepare(alignment: Alignment) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RAW_TABLE, [alignment.workspace_id, alignment.pk])
        cursor.execute("CREATE INDEX ON raw_point USING gist (point)")
        cursor.execute("ANALYZE raw_point")


def _measure(made: Crowd, alignment: Alignment, z: int) -> tuple[int, int, float, float, float]:
    with connection.cursor() as cursor:
        cursor.execute(_DENSEST, {"shift": ZOOM - z, "workspace": made.workspace_id, "alignment": alignment.pk})
        x, y, count = cursor.fetchone()
        place = {"z": z, "x": x, "y": y}
        ours = _median_ms(lambda: account_tile(alignment, z, x, y))
        raw = _median_ms(lambda: (cursor.execute(_RAW_TILE, place), cursor.fetchone()))
        by_segment = _median_ms(lambda: account_tile(alignment, z, x, y, amount="potential", has_segments=True))
    return z, count, ours, raw, by_segment


def _median_ms(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
