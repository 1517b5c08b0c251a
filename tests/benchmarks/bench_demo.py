"""The demo workspace from nothing to committed, as `make run` makes it, in a database of its own.

Run with `python -m tests.benchmarks.bench_demo`; `--cold` compiles the optimizer anew, as on a fresh machine.
"""

import os
import sys
import tempfile
import time
from datetime import date

import django

if "--cold" in sys.argv:
    os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="bench-demo-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["TEST_DATABASE"] = f"bench_demo_{os.getpid()}"
django.setup()

from django.db import connection

from balancing.demo.company import DEFAULT_ACCOUNTS
from balancing.demo.digest import digest_of
from balancing.demo.seed import seed_demo
from workspace.tenancy import workspace

SEED = 7
TODAY = date(2026, 3, 20)
LIMIT_S = 30.0


def main() -> int:
    present = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        started, computed = time.perf_counter(), time.process_time()
        tenant = seed_demo(seed=SEED, n_accounts=DEFAULT_ACCOUNTS, today=TODAY)
        seconds, own_seconds = time.perf_counter() - started, time.process_time() - computed
        with workspace(tenant.id):
            digest = digest_of(tenant.id)
    finally:
        connection.creation.destroy_test_db(present, verbosity=0)
    kept = seconds <= LIMIT_S
    print(
        f"   {DEFAULT_ACCOUNTS:,} accounts, seed {SEED}: {seconds:.1f} s, of which {own_seconds:.1f} s computing here"
    )
    print(f"   accounts {digest['accounts'][:12]}  assignments {digest['assignments'][:12]}")
    print(f"   limit {LIMIT_S:.0f} s: {'kept' if kept else 'MISSED'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
