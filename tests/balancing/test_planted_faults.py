"""On demos of other seeds, too, the findings are the planted faults: all of them, and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from balancing.demo import company
from balancing.demo.seed import seed_demo
from balancing.findings.everything import find_all
from territory.models import Alignment, Territory
from workspace.models import Change
from workspace.tenancy import workspace

TODAY = date(2026, 3, 20)
Fault = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="module", params=[3, 21])
def planted(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[dict]:
    with django_db_blocker.unblock(), transaction.atomic():
        tenant = seed_demo(seed=request.param, n_accounts=company.DEFAULT_ACCOUNTS, today=TODAY)
        with workspace(tenant.id):
            yield Change.objects.get(subject_kind="demo").patch
        transaction.set_rollback(True)


def found(team: str) -> list[Fault]:
    """Kind and territories of each finding; not how chance has spread money over territories of equal work."""
    alignment = Alignment.objects.get(team__name=team, state="live")
    codes = dict(Territory.objects.filter(alignment=alignment).values_list("id", "code"))
    return sorted(
        (finding["kind"], tuple(sorted(codes[pk] for pk in finding["territory_ids"])))
        for finding in find_all(alignment)
        if finding["kind"] != "out_of_band"
    )


def test_the_field_plan_shows_what_was_planted_and_nothing_else(planted: dict) -> None:
    faults = [(kind, (code,)) for kind in ("overloaded", "idle") for code in planted[kind]]
    faults += [("vacant", (planted["vacant"],)), ("split", (planted["split"],)), ("white_space", ())]
    assert found(company.FIELD_TEAM) == sorted(faults)


def test_the_inside_plan_shows_its_overlaps_and_nothing_else(planted: dict) -> None:
    faults = [("overlap", tuple(sorted(overlap["territories"]))) for overlap in planted["overlaps"]]
    assert found(company.INSIDE_TEAM) == sorted(faults)
