from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.cast import Cast
from tests.territory.world import World
from workspace.models import Member


@pytest.fixture
def world(here: Cast) -> World:
    """The grid in the home workspace, edited by the manager."""
    return World(here.workspace, here.team, here.manager)


@pytest.fixture
def manager(cast: Cast, client_of: Callable[[Member], APIClient]) -> APIClient:
    return client_of(cast.manager)
