"""The demo workspace in one transaction: there whole, or not at all."""

import datetime

import numpy as np
from django.db import transaction

from balancing.demo import company
from balancing.demo.demo import ACCOUNTS_MIN, make_demo
from balancing.demo.write_accounts import write_accounts
from balancing.demo.write_alignments import (
    write_barrier,
    write_field_alignment,
    write_inside_alignment,
    write_scenario,
)
from balancing.demo.write_history import write_history
from balancing.demo.write_people import login_names, make_user, write_people
from territory.models import UnitLayerKind
from territory.services.unit_layers import load_unit_layer
from workspace.exceptions import Conflict, Invalid
from workspace.models import Workspace
from workspace.services.changes import record_change
from workspace.services.tenants import create_workspace
from workspace.tenancy import workspace

ACCOUNTS_MAX = 1_000_000
LAYER_NAME = "Counties of the south-east"
FAULTS_KIND = "demo"


def seed_demo(*, seed: int, n_accounts: int, today: datetime.date) -> Workspace:
    """The same seed, number and day give the same rows, whatever ids they get."""
    if not ACCOUNTS_MIN <= n_accounts <= ACCOUNTS_MAX:
        bound = f"{ACCOUNTS_MIN:,} to {ACCOUNTS_MAX:,}"
        raise Invalid.field(
            "accounts", f"{n_accounts:,} is not a size the demo can have; {bound} are", value=n_accounts, bound=bound
        )
    if Workspace.objects.filter(slug=company.SLUG).exists():
        raise Conflict(f"There is a workspace “{company.SLUG}” already.")
    demo = make_demo(seed, n_accounts)
    with transaction.atomic():
        owner = make_user(company.LOGINS[0], login_names(demo)[company.LOGINS[0].email])
        tenant, admin = create_workspace(
            name=company.NAME,
            slug=company.SLUG,
            owner=owner,
            currency=company.CURRENCY,
            time_zone=company.TIME_ZONE,
        )
        with workspace(tenant.id):
            staff = write_people(demo, tenant, admin)
            account_ids = write_accounts(demo, tenant.id)
            write_barrier(demo, tenant.id)
            layer = load_unit_layer(
                name=LAYER_NAME, kind=UnitLayerKind.COUNTIES, states=company.STATES, actor=staff.manager
            )
            field = write_field_alignment(demo, staff, layer, account_ids, today)
            inside = write_inside_alignment(demo, staff, today)
            write_scenario(field, staff)
            for alignment, child in zip((field, inside), np.random.SeedSequence(seed).spawn(9)[7:], strict=True):
                write_history(np.random.default_rng(child), alignment, today, actor=staff.manager)
            record_change(
                actor=admin,
                subject_kind=FAULTS_KIND,
                subject_id=field.pk,
                operation="plant",
                label="What is wrong in this workspace on purpose",
                patch=demo.faults.to_json(),
            )
    return tenant
