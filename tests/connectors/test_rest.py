from collections.abc import Iterator

import pytest

from territory.connectors.protocol import CannotTalk, Credentials, Opening
from tests.connectors.contract import QUICK, ConnectorContract
from tests.connectors.fake import FakeCrm
from tests.connectors.rest_crm import RestCrm


class TestRest(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[FakeCrm]:
        with RestCrm() as running:
            yield running

    def test_a_path_leads_to_no_other_host(self, crm: FakeCrm) -> None:
        waits: list[float] = []
        for path in (".evil.example/", "@evil.example/", "//evil.example/"):
            settings = {"check_path": path}
            opened = crm.kind.open(Opening(crm.url, settings, Credentials(dict(crm.credentials)), waits.append, QUICK))
            with pytest.raises(CannotTalk, match="404"):
                opened.check()
            assert crm.got[-1].path == "/" + path.lstrip("/")


class TestRestThatCannotBeRead(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[FakeCrm]:
        with RestCrm() as running:
            running.settings = {"check_path": "/me"}
            running.can_read = False
            yield running
