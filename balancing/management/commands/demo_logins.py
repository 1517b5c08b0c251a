from typing import Any

from django.core.management.base import BaseCommand

from balancing.demo.company import LOGINS, NAME, PASSWORD, SLUG
from workspace.models import Role, Workspace


class Command(BaseCommand):
    help = "Print who can sign in to the demo workspace, and with which password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Workspace.objects.filter(slug=SLUG).exists():
            self.stdout.write("There is no demo workspace here; make one with: manage.py seed_demo")
            return
        rows = [("Role", "E-mail", "Password"), *((Role(login.role).label, login.email, PASSWORD) for login in LOGINS)]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        self.stdout.write(f"{NAME} (demo)")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  " + "  ".join(cells).rstrip())
