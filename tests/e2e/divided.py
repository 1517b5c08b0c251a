"""A design divided among real worker processes: a Redis of their own, a folder for their files, and the command."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from celery import Celery
from redis import Redis
from redis.exceptions import RedisError

from config.broker import broker_url
from tests.e2e.system import ROOT, wait_until

REDIS = shutil.which("redis-server") or shutil.which("valkey-server")


@dataclass(frozen=True)
class Workplace:
    """No other worker takes what is sent here, for nobody else knows the Redis server."""

    folder: Path

    @property
    def redis_url(self) -> str:
        return f"unix://{self.folder / 'redis.sock'}?db=0"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "REDIS_URL": self.redis_url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "LOG_LEVEL": "WARNING",
            "LOADS_KERNELS": "1",
        }

    @contextmanager
    def redis(self) -> Iterator[None]:
        assert REDIS is not None, "redis-server is not installed"
        settings = ["--port", "0", "--unixsocket", str(self.folder / "redis.sock"), "--save", ""]
        with self._running("redis", REDIS, *settings):
            wait_until(self._redis_answers, "Redis to answer")
            yield

    @contextmanager
    def workers(self, n_processes: int) -> Iterator[subprocess.Popen[bytes]]:
        """One worker with so many processes, ready to take tasks."""
        options = ["-Q", "optimizer", "-c", str(n_processes), "-l", "WARNING"]
        with self._running("worker", sys.executable, "-m", "celery", "-A", "config", "worker", *options) as worker:
            broker = Celery(broker=broker_url(self.redis_url))
            wait_until(lambda: bool(broker.control.ping(timeout=0.5)), "the worker to answer", within_s=120)
            yield worker

    def command(self, instance: Path, *options: str) -> list[str]:
        files = ["--out", str(self.folder / "labels.npy"), "--report", str(self.folder / "report.json")]
        return [sys.executable, "manage.py", "solve_large", str(instance), *files, *options]

    def solve(self, instance: Path, *options: str) -> subprocess.CompletedProcess[str]:
        command = self.command(instance, *options)
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    @property
    def labels(self) -> np.ndarray:
        return np.load(self.folder / "labels.npy")

    @property
    def report(self) -> dict[str, Any]:
        return json.loads((self.folder / "report.json").read_text())

    @property
    def divisions(self) -> list[Path]:
        """Folders of designs that are being divided, or were left over."""
        return list((self.folder / "media" / "divided").glob("*"))

    @contextmanager
    def _running(self, name: str, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield started
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait()

    def _redis_answers(self) -> bool:
        try:
            return bool(Redis.from_url(self.redis_url).ping())
        except RedisError:
            return False
