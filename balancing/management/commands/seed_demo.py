import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from balancing.demo.company import DEFAULT_ACCOUNTS, NAME
from balancing.demo.seed import seed_demo
from workspace.exceptions import DomainError
from workspace.models import Workspace


class Command(BaseCommand):
    help = "Make the demo workspace: an invented company on real geography. The same seed gives the same rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--accounts", type=int, default=DEFAULT_ACCOUNTS)
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there is any workspace already.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Workspace.objects.exists():
            return
        if options["seed"] < 0:
            raise CommandError(f"--seed is {options['seed']}, expected 0 or more")
        started = time.monotonic()
        try:
            seed_demo(seed=options["seed"], n_accounts=options["accounts"], today=timezone.localdate())
        except DomainError as error:
            raise CommandError(error.detail) from error
        seconds = time.monotonic() - started
        self.stdout.write(f"{NAME}: {options['accounts']:,} accounts from seed {options['seed']} in {seconds:.1f} s")
