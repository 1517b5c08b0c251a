import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from workspace.models import Member, Role, User, Workspace
from workspace.services.tenants import add_member
from workspace.tenancy import workspace


class Command(BaseCommand):
    help = "Give somebody a role in a workspace; makes the login if there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the workspace's short name")
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--name", default="")
        parser.add_argument("--password")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Workspace.objects.filter(slug=options["slug"]).first()
        if tenant is None:
            raise CommandError(f"There is no workspace {options['slug']!r}.")
        admin = Member.objects.filter(workspace=tenant, role=Role.ADMIN).order_by("id").first()
        if admin is None:
            raise CommandError(f"Workspace {options['slug']!r} has no admin in whose name this could be recorded.")
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            password = options["password"] or getpass.getpass(f"Password for {options['email']}: ")
            user = User.objects.create_user(options["email"], password, name=options["name"])
        if Member.objects.filter(workspace=tenant, user=user).exists():
            raise CommandError(f"{user.email} is a member of {options['slug']} already.")
        with workspace(tenant.id):
            add_member(user=user, role=Role(options["role"]), actor=admin)
        self.stdout.write(f"{user.email} is {options['role']} of {options['slug']}.")
