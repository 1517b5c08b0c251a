import pytest

from balancing.models import Snapshot
from config.schedule import measure_live_alignments
from tests.api.world import World, make_world
from workspace.tenancy import workspace


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_each_live_alignment_is_measured_once_a_day(world: World) -> None:
    measure_live_alignments()
    measure_live_alignments()
    for company in (world.cast.home, world.cast.foreign):
        with workspace(company.workspace.id):
            assert Snapshot.objects.get().alignment_name == "Today"
