"""The real thing: twelve territories of Georgia's counties, balanced on accounts and revenue in half a minute."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from balancing.scorecard.card import scorecard
from territory.models import Alignment
from tests.balancing.georgia import N_REPS, make_georgia
from tests.balancing.grid import Land
from tests.balancing.running import finish
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

AIMS = [{"key": "accounts", "tolerance": 0.05, "is_primary": True}, {"key": "revenue", "tolerance": 0.15}]
LONGEST_S = 30


@pytest.mark.shared_data
def test_georgia_comes_into_balance_or_says_why_not(
    cast: Cast, client_of: Callable[[Member], APIClient], shared_data: Path
) -> None:
    with workspace(cast.workspace.id):
        land = make_georgia(cast.home, shared_data)
    for start in ("scratch", "current"):
        check(land, client_of(cast.manager), start)


def check(land: Land, client: APIClient, start: str) -> None:
    started = time.monotonic()
    run = finish(client, land, metrics=AIMS, **{"from": start})
    seconds = time.monotonic() - started
    result = run["result"]
    assert seconds <= LONGEST_S
    if not result["is_feasible"]:
        assert all(entry["smallest_tolerance"] > 0 for entry in result["certificates"])
        assert result["certificates"], "neither in balance nor a reason why not"
    with workspace(land.company.workspace.id):
        card = scorecard(Alignment.objects.get(pk=run["result_alignment_id"]))
    assert [row["n_pieces"] for row in card["territories"]] == [1] * N_REPS
    worst = {metric["key"]: abs(metric["worst"]["deviation"]) for metric in card["metrics"] if metric["worst"]}
    assert (worst["accounts"] <= 0.05 + 1e-9 and worst["revenue"] <= 0.15 + 1e-9) == result["is_feasible"]
