from collections.abc import Callable

import pytest

from tests.balancing.grid import Land, make_land
from tests.cast import Cast
from workspace.tenancy import workspace


@pytest.fixture
def land(cast: Cast) -> Callable[..., Land]:
    """Makes a land of squares in the home workspace (tests.balancing.grid)."""

    def make(rows: int, columns: int, **values: object) -> Land:
        with workspace(cast.workspace.id):
            return make_land(cast.home, rows, columns, **values)

    return make
