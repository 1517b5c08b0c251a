"""Independent pieces of work on several threads; the kernels let go of Python's lock, and order decides nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
IsOver = Callable[[], bool]

_ASKED_EVERY_S = 0.05


def side_by_side(tasks: Sequence[Callable[[IsOver], T]], n_threads: int, is_over: IsOver) -> list[T]:
    """What each task returns, in the order of the tasks.

    A task asks now and then whether it is all over. `is_over` itself is only called on the caller's thread, so it
    may use what belongs to that thread, such as a database connection. A task that has not begun when it is over
    begins all the same, and is expected to leave with what it has.
    """
    if n_threads == 1 or len(tasks) <= 1:
        return [task(is_over) for task in tasks]
    over = threading.Event()
    with ThreadPoolExecutor(max_workers=n_threads) as pool:
        waiting = [pool.submit(task, over.is_set) for task in tasks]
        try:
            while (state := wait(waiting, _ASKED_EVERY_S, FIRST_EXCEPTION)).not_done:
                if is_over() or any(task.exception() for task in state.done):
                    over.set()
                    wait(waiting)
        finally:
            over.set()
        return [done.result() for done in waiting]
