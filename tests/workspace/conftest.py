from collections.abc import Callable, Iterator

import pytest

from workspace import jobs
from workspace.jobs import Handler


@pytest.fixture
def register_kind() -> Iterator[Callable[[str, Handler], None]]:
    """Adds a job kind for one test."""
    names: list[str] = []

    def register(name: str, handler: Handler) -> None:
        jobs.job_kind(name, queue="default")(handler)
        names.append(name)

    yield register
    for name in names:
        del jobs._kinds[name]
