"""A manager schedules a review, holds one before and one after a plan got worse, and reads what to do about it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

# A draft of the plan in force in which a third of the second territory's units lie in the first, then put in force.
WORSEN = """
from django.utils import timezone
from territory.models import Alignment, Territory, UnitAssignment
from territory.operations.registry import OPERATIONS
from territory.services.alignments import publish_alignment
from territory.services.create_alignment import create_alignment
from territory.services.edits import apply_edit
from workspace.models import Member, Workspace
from workspace.tenancy import workspace

tenant = Workspace.objects.get(slug="demo")
with workspace(tenant.id):
    actor = Member.objects.get(workspace=tenant, user__email="manager@demo.example")
    live = Alignment.objects.get(workspace=tenant, state="live", basis="units")
    print(live.name)
"""


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.page.get_by_role("link", name="Reviews").click()
    yield desk
    desk.page.context.close()
