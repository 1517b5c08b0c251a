from collections.abc import Iterator

import pytest

from territory.connectors.protocol import Assignment, CannotTalk, Connector, Result
from tests.connectors.contract import ConnectorContract
from tests.connectors.dynamics_crm import DynamicsCrm
from tests.connectors.fake import Reply


class TestDynamics(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[DynamicsCrm]:
        with DynamicsCrm() as running:
            yield running

    def test_an_id_in_capitals_and_braces_is_the_same_account(self, crm: DynamicsCrm, opened: Connector) -> None:
        key = next(iter(crm.accounts))
        assert opened.account_key("{" + key.upper() + "}") == key

    def test_an_owner_who_is_not_there_is_refused_in_the_crms_words(self, crm: DynamicsCrm, opened: Connector) -> None:
        [outcome] = opened.push([Assignment(next(iter(crm.accounts)), crm.account_id(7))])
        assert (outcome.result, "SystemUser" in outcome.words) == (Result.REFUSED, True)

    def test_the_token_does_not_follow_a_page_to_another_host(self, crm: DynamicsCrm, opened: Connector) -> None:
        crm.interrupt(Reply(200, {"value": [], "@odata.nextLink": "https://elsewhere.example/next"}))
        with pytest.raises(CannotTalk, match="another address"):
            opened.pull_owners()
