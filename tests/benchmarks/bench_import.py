"""Import a file, the same again, and with other values, and take it back, beside a raw COPY of its rows.

The file is the 54,093 Georgia companies beside the checkout, or with `--rows` (or without that file) made-up ones. The
raw COPY puts every cell as text into a bare table in the same database: no checks, no keys, no indexes, no places.
"""

import argparse
import csv
import gzip
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TEST_DATABASE"] = f"bench_import_{os.getpid()}"
django.setup()

from django.db import connection
from django.test.utils import override_settings

from accounts.importing.run import run_import
from accounts.importing.run_undo import run_undo
from accounts.models import AccountImport, ImportedRow
from accounts.services.imports import choose_mapping, create_import
from tests.accounts.files import Onlooker
from tests.cast import Cast, make_cast
from tests.conftest import SHARED_DATA, WEB_ROLE, become
from workspace.tenancy import workspace

COMPANIES = SHARED_DATA / "accounts" / "ga_businesses_ppp_2020.csv.gz"
LIMIT_S_PER_ROW = 60 / 54_093
MADE_UP_ROWS = 50_000
MAPPING = {
    "account_id": "external_id", "name": "name", "address": "street", "city": "city", "state": "region",
    "zip": "postal_code", "industry_sector": "segment", "zip_lat": "lat", "zip_lon": "lon",
    "loan_amount_usd": "revenue", "jobs_reported": "size",
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, help="made-up rows instead of the Georgia companies")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        path = Path(folder) / "accounts.csv"
        if arguments.rows or not COMPANIES.is_file():
            make_up(path, arguments.rows or MADE_UP_ROWS)
        else:
            path.write_bytes(gzip.decompress(COMPANIES.read_bytes()))
        return in_a_database_of_its_own(lambda: measure(path))


def in_a_database_of_its_own(measured: Callable[[], int]) -> int:
    present = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        become(connection, WEB_ROLE)
        return measured()
    finally:
        become(connection, None)
        connection.creation.destroy_test_db(present, verbosity=0)


def measure(path: Path) -> int:
    cast = make_cast()
    copy_s, n_rows = raw_copy(path)
    print(f"   {n_rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")
    report("raw COPY into a bare table", copy_s, n_rows, copy_s)
    took = []
    amounts = MAPPING | {"loan_amount_usd": "potential"}
    for what, mapping in (
        ("import", MAPPING),
        ("import of the same file again", MAPPING),
        ("import that changes every row", amounts),
    ):
        started = time.perf_counter()
        result = import_once(cast, path, mapping)
        took.append(time.perf_counter() - started)
        report(what, took[-1], n_rows, copy_s)
        outcome = {key: value for key, value in result.items() if key.startswith("n_")}
        print(f"      {outcome}")
    for what in ("undo of the changed rows", "undo of the new rows"):
        started = time.perf_counter()
        undo_latest(cast)
        report(what, time.perf_counter() - started, n_rows, copy_s)
    print(f"   peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    limit_s = LIMIT_S_PER_ROW * n_rows
    print(f"   limit {limit_s:.0f} s: {'kept' if took[0] <= limit_s else 'MISSED'}")
    return 0 if took[0] <= limit_s else 1


def report(what: str, seconds: float, n_rows: int, copy_s: float) -> None:
    print(
        f"   {what:32} {seconds:7.2f} s  {n_rows / seconds:10,.0f} rows/s  {seconds / copy_s:6.1f} × COPY", flush=True
    )


def raw_copy(path: Path) -> tuple[float, int]:
    with path.open(newline="", encoding="utf-8") as file, connection.cursor() as cursor:
        header = next(csv.reader(file))
        cursor.execute(f"CREATE TEMP TABLE bare ({', '.join(f'c{n} text' for n in range(len(header)))})")
        started = time.perf_counter()
        with path.open("rb") as raw:
            cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv, HEADER)", raw)
        seconds = time.perf_counter() - started
        cursor.execute("SELECT count(*) FROM bare")
        return seconds, cursor.fetchone()[0]


def import_once(cast: Cast, path: Path, mapping: dict[str, str]) -> dict[str, int]:
    """All the steps of the wizard: upload with detection, mapping, job."""
    with path.open("rb") as file, workspace(cast.workspace.id):
        size = path.stat().st_size
        item = create_import(file=file, filename=path.name, size=size, kind="accounts", actor=cast.ops)
        choose_mapping(item, mapping=mapping)
    return run_import(workspace_id=cast.workspace.id, import_id=item.id, skip_bad_rows=False, watcher=Onlooker())


def undo_latest(cast: Cast) -> None:
    with workspace(cast.workspace.id):
        recorded = ImportedRow.objects.values("upload_id")
        item = AccountImport.objects.filter(pk__in=recorded).latest("written_at")
    run_undo(workspace_id=cast.workspace.id, import_id=item.id, watcher=Onlooker())


def make_up(path: Path, n_rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(MAPPING)
        for number in range(n_rows):
            writer.writerow(
                [
                    f"M{number:07}",
                    f"Company {chance.getrandbits(40):x}",
                    f"{chance.randint(1, 9999)} Main St",
                    f"Town {chance.randint(1, 900)}",
                    "GA",
                    f"{chance.randint(30000, 31999)}",
                    "Retail Trade",
                    f"{chance.uniform(30.5, 35):.4f}",
                    f"{chance.uniform(-85.5, -81):.4f}",
                    chance.randint(1000, 500_000),
                    chance.randint(1, 500),
                ]
            )


if __name__ == "__main__":
    sys.exit(main())
