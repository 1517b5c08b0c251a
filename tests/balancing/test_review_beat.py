"""What beat starts for reviews: every workspace's own, and by its own day."""

from datetime import UTC, datetime, timedelta

import pytest

from balancing.models import Review
from balancing.services.review_schedules import create_schedule
from config.schedule import hold_reviews, tell_alarms
from tests.api.world import World, make_world
from workspace.tenancy import workspace


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_workspaces_due_reviews_are_held_once(world: World) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    for company in (world.cast.home, world.cast.foreign):
        with workspace(company.workspace.id):
            create_schedule(
                company.team,
                today=yesterday,
                actor=company.members["manager"],
                name="Weekly",
                every="weekly",
                weekday=yesterday.weekday(),
                day=None,
                thresholds={"accounts": 0.1},
            )
    hold_reviews()
    hold_reviews()
    tell_alarms()
    for company in (world.cast.home, world.cast.foreign):
        with workspace(company.workspace.id):
            held = Review.objects.filter(schedule__name="Weekly")
            assert [review.team_id for review in held] == [company.team.pk]
