"""What the person in front of the terminal reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something the person has to know or do; shown without a traceback."""


def say(message: str) -> None:
    print(message, flush=True)


def complain(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Announce a slow step before it starts and its duration after it ended."""
    say(f"==> {title}")
    started = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - started:.1f} s")
