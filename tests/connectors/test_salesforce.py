from collections.abc import Iterator

import pytest

from territory.connectors.protocol import Assignment, Connector, Result
from territory.connectors.salesforce.record_ids import long_id
from tests.connectors.contract import ConnectorContract
from tests.connectors.salesforce_crm import SalesforceCrm

NORTH, SOUTH = SalesforceCrm.territories


class TestSalesforce(ConnectorContract):
    @pytest.fixture
    def crm(self) -> Iterator[SalesforceCrm]:
        with SalesforceCrm() as running:
            yield running

    def test_the_new_refresh_token_is_kept(self, crm: SalesforceCrm, opened: Connector) -> None:
        kept: list[str] = []
        self.credentials.save = lambda values: kept.append(values["refresh_token"])
        opened.check()
        crm.access_token = "ended"
        opened.check()
        assert kept == ["sf-refresh-2", "sf-refresh-3"]

    def test_a_move_creates_and_deletes_and_leaves_rules_and_other_territories_alone(
        self, crm: SalesforceCrm, opened: Connector
    ) -> None:
        first, second = list(crm.accounts)[:2]
        crm.associations = {
            "0TI1": (first, NORTH, "Territory2Manual"),
            "0TI2": (first, "0MIoverlay", "Territory2Manual"),
            "0TI3": (second, NORTH, "Territory2AssignmentRule"),
        }
        moves = [Assignment(key, "", SOUTH, leaves=(NORTH,)) for key in (first, second)]
        assert [each.result for each in opened.push(moves)] == [Result.OK, Result.OK]
        assert sorted(crm.associations.values()) == sorted(
            [
                (first, SOUTH, "Territory2Manual"),
                (first, "0MIoverlay", "Territory2Manual"),
                (second, NORTH, "Territory2AssignmentRule"),
                (second, SOUTH, "Territory2Manual"),
            ]
        )

    def test_a_locked_row_is_for_later_and_stays_out_of_the_new_territory(
        self, crm: SalesforceCrm, opened: Connector
    ) -> None:
        key = next(iter(crm.accounts))
        error = {"statusCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": []}
        crm.refusals[key] = {"success": False, "errors": [error]}
        [outcome] = opened.push([Assignment(key, crm.owners[1], NORTH)])
        assert (outcome.result, "exclusive access" in outcome.words) == (Result.LATER, True)
        assert crm.associations == {}

    def test_a_short_id_is_the_same_account(self, crm: SalesforceCrm, opened: Connector) -> None:
        key = next(iter(crm.accounts))
        assert opened.account_key(key[:15]) == key
        assert opened.account_key(key) == key


def test_a_long_id_tells_capitals_apart() -> None:
    # From Salesforce's own description of the algorithm: bits of capitals, five at a time, lowest first.
    assert long_id("00130000001aBcD") == "00130000001aBcDAAU"
    assert long_id("not an id") == "not an id"
