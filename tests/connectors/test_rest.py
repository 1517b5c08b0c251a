from collections.abc import Iterator

import pytest

from tests.connectors.contract import ConnectorContract
from tests.connectors.fake import FakeCrm
from tests.connectors.rest_crm import RestCrm


class TestRest(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[FakeCrm]:
        with RestCrm() as running:
            yield running


class TestRestThatCannotBeRead(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[FakeCrm]:
        with RestCrm() as running:
            running.settings = {"check_path": "/me"}
            running.can_read = False
            yield running
