"""Files for the Data Loader, with the documented names of objects' fields."""

import re

import pytest
from rest_framework.test import APIClient

from territory.exports.developer_names import developer_name
from territory.models import Alignment, Territory
from tests.territory.exporting import take_csv
from tests.territory.world import World

OWNER = "salesforce_account_owner.csv"
TERRITORY2 = "salesforce_territory2.csv"
ASSOCIATION = "salesforce_object_territory2_association.csv"


@pytest.fixture
def plan(world: World) -> Alignment:
    rep = world.rep("Ines")
    world.account(0, 0, external_id="001A")
    world.account(1, 1, external_id="001B")
    world.account(2, 2, external_id="001C")
    alignment = world.alignment()
    world.territory(alignment, "North", "0-0", rep_id=rep.pk)
    world.territory(alignment, "=Vacant", "1-1")
    return alignment


def test_accounts_with_a_rep_get_that_owner_and_others_are_left_alone(plan: Alignment, manager: APIClient) -> None:
    assert take_csv(manager, OWNER, plan) == [{"Id": "001A", "OwnerId": "R-Ines"}]


def test_every_territory_becomes_a_record_with_the_fields_of_territory2(plan: Alignment, manager: APIClient) -> None:
    north, vacant = take_csv(manager, TERRITORY2, plan)
    assert list(north) == [
        "DeveloperName", "Name", "Description", "Territory2ModelId", "Territory2TypeId", "ParentTerritory2Id",
        "AccountAccessLevel", "OpportunityAccessLevel", "CaseAccessLevel",
    ]  # fmt: skip
    assert (north["Name"], north["Description"]) == ("North", "T001 North – Ines")
    assert (vacant["Name"], vacant["Description"]) == ("'=Vacant", "T002 =Vacant – vacant")
    assert {north[name] for name in ("Territory2ModelId", "Territory2TypeId", "ParentTerritory2Id")} == {""}
    assert {north[name] for name in north if name.endswith("AccessLevel")} == {"Edit"}


def test_covered_accounts_are_tied_to_their_territory_by_its_developer_name(
    plan: Alignment, manager: APIClient
) -> None:
    names = [row["DeveloperName"] for row in take_csv(manager, TERRITORY2, plan)]
    rows = take_csv(manager, ASSOCIATION, plan)
    assert list(rows[0]) == ["ObjectId", "Territory2Id", "AssociationCause", "Territory2DeveloperName"]
    assert [row["ObjectId"] for row in rows] == ["001A", "001B"]
    assert [row["Territory2DeveloperName"] for row in rows] == names
    assert {(row["Territory2Id"], row["AssociationCause"]) for row in rows} == {("", "Territory2Manual")}


def test_a_code_that_is_a_record_id_there_fills_the_reference(plan: Alignment, manager: APIClient) -> None:
    Territory.objects.filter(name="North").update(code="0MI5g000000abcDEAQ")
    rows = take_csv(manager, ASSOCIATION, plan)
    assert [row["Territory2Id"] for row in rows] == ["0MI5g000000abcDEAQ", ""]


@pytest.mark.parametrize(
    "code", ["T001", "north east", "1st", "_x_", "a__b", "Süd-Ost", "", "株式", "x" * 200, "a_" * 60, "9" * 90]
)
def test_developer_names_keep_to_the_rule_of_the_target(code: str) -> None:
    name = developer_name(code, 123456)
    assert re.fullmatch(r"[A-Za-z](?:_?[A-Za-z0-9])*", name)
    assert len(name) <= 80


def test_codes_that_differ_in_forbidden_characters_only_get_names_of_their_own() -> None:
    assert developer_name("a-b", 1) != developer_name("a b", 2)
