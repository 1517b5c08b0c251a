"""Threads that send, beside the dispatcher's own work: an address that hangs keeps neither jobs nor others waiting."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import structlog
from django.db import DatabaseError, connection

from workspace.webhooks.sending import Due, deliver_to, due_webhooks

N_SENDERS = 8
LOOK_EVERY_S = 1.0
log = structlog.get_logger(__name__)


class Crew:
    """Looks for what is due and sends it, each webhook by one thread at a time, until the block is left."""

    def __init__(self, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self._look_every_s = look_every_s
        self._stop = threading.Event()
        self._at_work: dict[Due, Future[None]] = {}
        self._looker = threading.Thread(target=self._look, name="webhooks", daemon=True)
        self._senders = ThreadPoolExecutor(N_SENDERS, thread_name_prefix="webhook")

    def __enter__(self) -> Self:
        self._looker.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """What is being sent is sent to its end."""
        self._stop.set()
        self._looker.join()
        self._senders.shutdown(cancel_futures=True)

    def _look(self) -> None:
        while not self._stop.is_set():
            self._at_work = {due: sending for due, sending in self._at_work.items() if not sending.done()}
            try:
                for due in due_webhooks():
                    if due not in self._at_work:
                        self._at_work[due] = self._senders.submit(_deliver, due)
            except DatabaseError:
                log.warning("database_unreachable")
                connection.close()
            self._stop.wait(self._look_every_s)
        connection.close()


def _deliver(due: Due) -> None:
    try:
        deliver_to(due)
    except Exception:
        # The row stays claimed, and is due again later.
        log.exception("delivery_crashed", webhook_id=due.webhook_id)
    finally:
        connection.close()
