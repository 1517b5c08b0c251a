"""A design divided among workers: one process or two, or one that dies, the plan is the same."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from balancing.engine.files import read_problem
from balancing.engine.regions import solve_by_regions
from tests.e2e.divided import REDIS, Workplace
from tests.e2e.system import ROOT, wait_until

pytestmark = pytest.mark.skipif(REDIS is None, reason="redis-server is not installed")
N_REGIONS = 5
WISHES = ["--tolerance", "accounts=0.05", "--regions", str(N_REGIONS), "--seed", "3"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    workplace = Workplace(tmp_path)
    with workplace.redis():
        yield workplace


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    random = np.random.default_rng(3)
    lat, lon = random.uniform(31, 35, 4_000), random.uniform(-85, -81, 4_000)
    path = tmp_path / "instance.npz"
    np.savez(path, lat=lat, lon=lon, W=random.integers(1, 4, (4_000, 1)), K=20)
    return path


def in_one_process(instance: Path) -> np.ndarray:
    return solve_by_regions(read_problem(instance, {"accounts": 0.05}), N_REGIONS, seed=3)


def test_one_and_two_processes_find_the_plan_that_none_besides_finds(place: Workplace, instance: Path) -> None:
    expected = in_one_process(instance)
    for n_processes in (1, 2):
        with place.workers(n_processes):
            done = place.solve(instance, *WISHES)
        assert done.returncode == 0, done.stderr
        assert f"Outline of {N_REGIONS} regions" in done.stdout
        assert place.report["processes"] == n_processes
        assert place.report["status"] == "within_tolerance"
        np.testing.assert_array_equal(place.labels, expected)
        assert place.divisions == []


def test_a_killed_worker_costs_time_and_nothing_else(place: Workplace, instance: Path) -> None:
    with place.workers(1) as first:
        command = place.command(instance, *WISHES, "--silence-s", "1")
        waiting = subprocess.Popen(command, cwd=ROOT, env=place.environment, stdout=subprocess.PIPE, text=True)
        wait_until(
            lambda: any(any(found.glob("attempt-solve-0-*")) for found in place.divisions), "a region to be begun"
        )
        os.killpg(first.pid, signal.SIGKILL)
    with place.workers(1):
        told, _ = waiting.communicate(timeout=120)
    assert waiting.returncode == 0, told
    assert "what is left is sent again" in told
    np.testing.assert_array_equal(place.labels, in_one_process(instance))


def test_without_a_worker_it_says_so(place: Workplace, instance: Path) -> None:
    done = place.solve(instance, *WISHES)
    assert done.returncode == 2
    assert "No worker takes tasks from the queue optimizer." in done.stderr


def test_what_the_engine_refuses_ends_with_its_sentence(place: Workplace, instance: Path) -> None:
    done = place.solve(instance, "--regions", "21")
    assert done.returncode == 2
    assert "n_regions is 21, expected 1 to the 20 territories" in done.stderr
    assert place.divisions == []
