import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from workspace.dispatch import send_due, sweep
from workspace.webhooks.crew import Crew

log = structlog.get_logger(__name__)
SWEEP_EVERY = 15


class Command(BaseCommand):
    help = (
        "Send due jobs to their queues every two seconds, requeue those whose worker has gone silent, "
        "and tell webhooks of events."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every-s", type=float, default=2.0)
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if options["once"]:
            _turn(is_sweeping=True)
            return
        with Crew(look_every_s=options["every_s"] / 2):
            turn = 0
            while not stop.is_set():
                _turn(is_sweeping=turn % SWEEP_EVERY == 0)
                turn += 1
                stop.wait(options["every_s"])


def _turn(*, is_sweeping: bool) -> None:
    try:
        if is_sweeping:
            sweep()
        send_due()
    except DatabaseError:
        log.warning("database_unreachable")
        connection.close()
