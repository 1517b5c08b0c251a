"""Visits done beside visits needed: the figure, the finding, and silence where nobody counts."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from balancing.formulas.cadence import cadence
from tests.balancing.grid import Land
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


@pytest.fixture
def made(land: MakeLand) -> Land:
    """Two accounts in each half, twelve visits a year each."""
    return land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[2, 2], capacity_h=50)


def visited(made: Land, **done: float) -> None:
    """Visits by account: A0_1=6 for the second account of unit 0."""
    with workspace(made.company.workspace.id):
        for name, visits in done.items():
            Account.objects.filter(external_id=name.replace("_", "-")).update(visits_done=visits)


def cadences(client: APIClient, made: Land) -> list[float | None]:
    card = client.get(f"/api/v1/alignments/{made.alignment.pk}/scorecard").json()
    return [row["cadence"] for row in card["territories"]]


def findings(client: APIClient, made: Land) -> list[dict[str, Any]]:
    found = client.get(f"/api/v1/findings?alignment={made.alignment.pk}").json()
    return [finding for finding in found if finding["kind"] == "under_covered"]


def test_where_nobody_counts_visits_nothing_is_said(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client = client_of(cast.viewer)
    assert cadences(client, made) == [None, None]
    assert findings(client, made) == []


def test_visits_done_are_told_beside_those_needed(cast: Cast, made: Land, client_of: ClientOf) -> None:
    """West: 12 of 12 and 6 of 12; in East only one account is counted."""
    visited(made, A0_0=12, A0_1=6, A1_0=12)
    assert cadences(client_of(cast.viewer), made) == [0.75, 1.0]


def test_a_visit_too_many_makes_up_for_none_that_is_missing(cast: Cast, made: Land, client_of: ClientOf) -> None:
    visited(made, A0_0=100, A0_1=0)
    assert cadences(client_of(cast.viewer), made) == [0.5, None]


def test_too_few_visits_are_a_finding_with_what_is_at_stake(cast: Cast, made: Land, client_of: ClientOf) -> None:
    visited(made, A0_0=12, A0_1=3, A1_0=10, A1_1=10)
    (finding,) = findings(client_of(cast.viewer), made)
    assert finding["title"] == "West is visited too little"
    assert (
        "62 % of the visits its accounts need were done; 1 account got less than 80 % of theirs." in finding["detail"]
    )
    assert (finding["n_accounts"], finding["revenue_minor"], finding["hours_h"]) == (1, 100_00, 9)


def test_just_enough_is_enough(cast: Cast, made: Land, client_of: ClientOf) -> None:
    visited(made, A0_0=9.6, A0_1=9.6)
    assert findings(client_of(cast.viewer), made) == []


def test_cadence_has_no_meaning_without_a_need() -> None:
    assert cadence(np.array([0.0, 3.0]), np.array([0.0, 4.0])).tolist() == [pytest.approx(np.nan, nan_ok=True), 0.75]
