from collections.abc import Iterator

import pytest

from territory.connectors.protocol import Assignment, Connector, Result
from tests.connectors.contract import ConnectorContract
from tests.connectors.hubspot_crm import HubSpotCrm


class TestHubSpot(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[HubSpotCrm]:
        with HubSpotCrm() as running:
            yield running

    def test_a_value_that_refuses_its_batch_is_refused_alone(self, crm: HubSpotCrm, opened: Connector) -> None:
        first, second, third = list(crm.accounts)[:3]
        owner = crm.owners[1]
        outcomes = list(opened.push([Assignment(first, owner), Assignment(second, "nobody"), Assignment(third, owner)]))
        assert [each.result for each in outcomes] == [Result.OK, Result.REFUSED, Result.OK]
        assert "not valid" in outcomes[1].words

    def test_companies_are_read_page_by_page(self, crm: HubSpotCrm, opened: Connector) -> None:
        rows = list(opened.pull_accounts(None))
        assert [row["external_id"] for row in rows] == list(crm.accounts)
        assert rows[0] == {
            "external_id": "5000000000", "name": "Company 5000000000", "crm_owner": crm.owners[0],
        }  # fmt: skip
