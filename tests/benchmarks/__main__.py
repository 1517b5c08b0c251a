"""`make bench`: every measurement, ours beside the peer or the limit, one after the other."""

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    failed = []
    for script in sorted(FOLDER.glob("bench_*.py")):
        print(f"\n== {script.stem.removeprefix('bench_')}", flush=True)
        started = time.perf_counter()
        code = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{script.stem}"], check=False).returncode
        print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)
        if code:
            failed.append(script.stem)
    if failed:
        print(f"\nMissed or failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
