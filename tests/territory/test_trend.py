"""What the latest edits moved, from the changes that are kept anyway."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from territory.models import Alignment
from territory.reading.territories import territory_rows
from territory.reading.trend import STEPS_MAX, latest_steps
from territory.services.edit_alignment import undo_edit
from tests.territory.world import World, square


@pytest.fixture
def plan(world: World) -> Alignment:
    """West has columns 0 and 1, East column 2; revenue 100, 200, 300 from west to east."""
    for column in range(3):
        world.account(column, 0, revenue=100 * (column + 1), visits_per_year=2, service_min_per_visit=30)
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "1-0")
    world.territory(alignment, "East", "2-0")
    return alignment


def moved(alignment: Alignment) -> list[dict[str, float]]:
    """Revenue by name, for each step from the newest back."""
    names = dict(alignment.territories.values_list("id", "name"))
    return [
        {names[part["territory_id"]]: float(part["revenue"]) for part in step["moved"]}
        for step in latest_steps(alignment)
    ]


def test_each_edit_says_what_it_gave_and_took(world: World, plan: Alignment) -> None:
    east = plan.territories.get(name="East")
    world.edit(plan, "assign_units", unit_ids=world.units("1-0"), territory_id=east.pk)
    world.edit(plan, "update_territory", territory_id=east.pk, name="Far east")
    assert moved(plan) == [{}, {"West": -200.0, "Far east": 200.0}, {"Far east": 300.0}, {"West": 300.0}]
    plan.refresh_from_db()
    undo_edit(plan.pk, revision=plan.revision, actor=world.actor)
    assert moved(plan)[0] == {}


def test_going_back_from_todays_figures_leads_to_nothing(world: World, plan: Alignment) -> None:
    for name, units in (("East", ("1-0",)), ("West", ("2-0", "1-0")), ("East", ("0-0",))):
        territory = plan.territories.get(name=name)
        world.edit(plan, "assign_units", unit_ids=world.units(*units), territory_id=territory.pk)
    for row in territory_rows(plan):
        gained = [part for step in latest_steps(plan) for part in step["moved"] if part["territory_id"] == row["id"]]
        assert sum(part["accounts"] for part in gained) == row["totals"].accounts
        assert sum(part["revenue"] for part in gained) == row["totals"].revenue_minor
        assert sum(part["workload"] for part in gained) == pytest.approx(row["totals"].workload_h)


def test_no_more_than_the_latest_edits_are_told_in_one_query(world: World, plan: Alignment) -> None:
    west = plan.territories.get(name="West")
    for position in range(STEPS_MAX):
        world.edit(plan, "update_territory", territory_id=west.pk, name=f"West {position}")
    with CaptureQueriesContext(connection) as queries:
        steps = latest_steps(plan)
    assert (len(steps), len(queries)) == (STEPS_MAX, 1)
    assert steps[0]["revision"] == 3 + STEPS_MAX


def test_drawn_boundaries_have_steps_without_moves(world: World, manager: APIClient) -> None:
    alignment = world.alignment("drawn")
    world.territory(alignment, "Left", boundary=square(0, 0, 2, 1))
    answer = manager.get(f"/api/v1/alignments/{alignment.pk}/trend")
    assert [(step["label"], step["moved"]) for step in answer.json()] == [("Added territory “Left”", [])]
