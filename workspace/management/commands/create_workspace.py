import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from workspace.models import TeamKind, User, Workspace
from workspace.services.tenants import create_team, create_workspace
from workspace.tenancy import workspace


class Command(BaseCommand):
    help = "Make a workspace with its first admin and a field team. The password comes from --password or is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name for commands, such as acme")
        parser.add_argument("--name", required=True)
        parser.add_argument("--admin", required=True, metavar="E-MAIL")
        parser.add_argument("--password")
        parser.add_argument("--currency", default="USD", help="ISO 4217 code")
        parser.add_argument("--time-zone", default="UTC")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Workspace.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is a workspace {options['slug']!r} already.")
        user = User.objects.filter(email__iexact=options["admin"]).first()
        if user is None:
            password = options["password"] or getpass.getpass(f"Password for {options['admin']}: ")
            user = User.objects.create_user(options["admin"], password)
        created, admin = create_workspace(
            name=options["name"],
            slug=options["slug"],
            owner=user,
            currency=options["currency"].upper(),
            time_zone=options["time_zone"],
        )
        # Reps and alignments belong to a team: with one to begin with, both can be made at once.
        with workspace(created.id):
            create_team(name="Field sales", kind=TeamKind.FIELD, actor=admin)
        self.stdout.write(f"Workspace {options['slug']} is ready; {user.email} is its admin.")
