"""Many desks on one alignment: how soon an edit is told, what open streams cost, and that requests still get threads.

Run with `python -m tests.benchmarks.bench_together`.
"""

import json
import os
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from tests.e2e.crowd import Person
from tests.e2e.desk import PASSWORD
from tests.e2e.system import DEMO, System
from tests.e2e.test_many_editors import add_territory, blank_scenario

N_DESKS = (1, 16, 50)
N_EDITS = 10
IDLE_S = 5.0
POLL_S = 2.0
LIMIT_MS = 1000


@dataclass
class Watcher:
    """A desk without a screen: a stream where it gets a seat, else a look every two seconds."""

    person: Person
    path: str
    has_seat: bool = False
    is_over: bool = False
    seen: dict[int, float] = field(default_factory=dict)

    def watch(self) -> None:
        while not self.is_over:
            answer = self.person.open("GET", f"/api/v1/{self.path}/events")
            self.has_seat = answer.status == 200
            if self.has_seat:
                self._listen(answer)
            answer.read()
            if not self.has_seat:
                self.see(self.person.get(self.path)["revision"])
                time.sleep(POLL_S)

    def _listen(self, answer: object) -> None:
        for line in iter(answer.readline, b""):
            if line.startswith(b"data: "):
                self.see(json.loads(line[6:])["revision"])
            if self.is_over:
                self.person.connection.close()
                return

    def see(self, revision: int) -> None:
        self.seen.setdefault(revision, time.perf_counter())


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        System(Path(folder), database=DEMO).seed()
        system = System(Path(folder)).start(template=DEMO)
        try:
            worst = [_measure(system, n) for n in N_DESKS]
        finally:
            system.stop()
    return int(any(ms > LIMIT_MS for ms in worst))


def _measure(system: System, n_desks: int) -> float:
    editor = Person(system.url).sign_in("manager@demo.example", PASSWORD)
    alignment_id = blank_scenario(editor)
    territory_id = add_territory(editor, alignment_id, "Territory")
    path = f"alignments/{alignment_id}/together"
    watchers = [Watcher(Person(system.url, dict(editor.cookies)), path) for _ in range(n_desks)]
    threads = [threading.Thread(target=watcher.watch, daemon=True) for watcher in watchers]
    for thread in threads:
        thread.start()
    time.sleep(2)
    busy = _idle_cpu(system)
    saves, told = [], []
    for i in range(N_EDITS):
        revision = editor.get(f"alignments/{alignment_id}")["revision"]
        started = time.perf_counter()
        edit = {"op": "update_territory", "territory_id": territory_id, "name": f"Name {i}"}
        _, body = editor.post(f"alignments/{alignment_id}/edits", edit, revision=revision)
        saved = time.perf_counter()
        saves.append((saved - started) * 1000)
        time.sleep(0.6)
        after = body["alignment"]["revision"]
        told += [(w.seen[after] - saved) * 1000 for w in watchers if w.has_seat and after in w.seen]
    n_seated = sum(watcher.has_seat for watcher in watchers)
    for watcher in watchers:
        watcher.is_over = True
    print(
        f"  {n_desks:3} desks, {n_seated:2} with a stream: told after {statistics.median(told):4.0f} ms "
        f"(worst {max(told):4.0f}), a save takes {statistics.median(saves):4.0f} ms (worst {max(saves):4.0f}), "
        f"{busy:4.1f} % of a core while nothing happens"
    )
    for thread in threads:
        thread.join(timeout=30)
    return max(told)


def _idle_cpu(system: System) -> float:
    """Per cent of a core that the web processes use."""
    group = os.getpgid(system.processes["web"].pid)
    before = _ticks(group)
    time.sleep(IDLE_S)
    return (_ticks(group) - before) / os.sysconf("SC_CLK_TCK") / IDLE_S * 100


def _ticks(group: int) -> int:
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += int(fields[11]) + int(fields[12])
    return total


if __name__ == "__main__":
    sys.exit(main())
