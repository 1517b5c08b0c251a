"""Drawn territories made of whole units, and units made into drawn ones: shown first, then a scenario of its own."""

import random

import pytest
from rest_framework.test import APIClient

from territory.layers.covering import Rule, cover_units
from territory.models import AccountAssignment, Alignment, BasicUnit, Territory, UnitLayer
from territory.operations.drawn import drawn_shapes
from tests.cast import Cast
from tests.territory.world import World, square
from workspace.exceptions import Conflict
from workspace.tenancy import workspace


def covered(world: World, areas: dict[int, object], rule: Rule = Rule.AREA) -> dict[str, int]:
    codes = dict(BasicUnit.objects.filter(layer=world.layer).values_list("pk", "code"))
    return {codes[pk]: holder for pk, holder in cover_units(world.layer, areas, rule).owners.items()}


def test_a_unit_goes_to_whoever_has_the_largest_share_of_it(world: World) -> None:
    areas = {7: square(0, 0, columns=1.4), 8: square(1.4, 0, columns=1.6)}
    assert covered(world, areas) == {"0-0": 7, "1-0": 8, "2-0": 8}


def test_a_unit_of_which_nobody_has_most_stays_nobodys(world: World) -> None:
    assert covered(world, {7: square(0, 0, columns=1.4)}) == {"0-0": 7}
    assert covered(world, {7: square(0, 0, columns=1.6)}) == {"0-0": 7, "1-0": 7}


def test_three_shares_are_weighed_against_what_is_nobodys(world: World) -> None:
    """40 % and 35 % of the unit are taken, 25 % are nobody's."""
    areas = {7: square(0, 0, columns=0.4), 8: square(0.4, 0, columns=0.35)}
    assert covered(world, areas) == {"0-0": 7}


def test_by_centre_the_middle_decides_however_small_the_share(world: World) -> None:
    areas = {7: square(0.45, 0.45, columns=0.1, rows=0.1), 8: square(0, 0, columns=0.45)}
    assert covered(world, areas, Rule.CENTRE) == {"0-0": 7}
    assert covered(world, areas, Rule.AREA) == {}


@pytest.mark.parametrize("rule", list(Rule))
def test_of_overlapping_areas_the_larger_share_has_the_unit(world: World, rule: Rule) -> None:
    areas = {7: square(0, 0, columns=0.8), 8: square(0, 0, columns=0.9)}
    assert covered(world, areas, rule) == {"0-0": 8}


@pytest.mark.parametrize("rule", list(Rule))
def test_between_equal_shares_the_first_territory_has_the_unit(world: World, rule: Rule) -> None:
    areas = {9: square(0, 0), 8: square(0, 0, columns=2)}
    assert covered(world, areas, rule) == {"0-0": 9, "1-0": 8}


def test_what_is_nobodys_and_what_is_divided_is_counted(world: World) -> None:
    covering = cover_units(world.layer, {7: square(0, 0, columns=1.4), 8: square(1.4, 0)}, Rule.AREA)
    assert (covering.n_units, covering.n_unassigned, covering.n_divided) == (9, 7, 1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rule", list(Rule))
def test_outlines_of_units_hold_these_units_and_no_others(world: World, seed: int, rule: Rule) -> None:
    chance = random.Random(seed)
    original = world.alignment()
    codes = [f"{column}-{row}" for column in range(3) for row in range(3)]
    dealt = {code: chance.choice("ABC.") for code in codes}
    for name in sorted(set(dealt.values()) - {"."}):
        world.territory(original, name, *[code for code in codes if dealt[code] == name])
    drawn = world.alignment("drawn", source="copy", copy_of=original)
    back = world.alignment(source="copy", copy_of=drawn, rule=rule)
    assert {code: world.owner_of(back, code) or "." for code in codes} == dealt


@pytest.fixture
def drawn(world: World) -> Alignment:
    """West over 1.4 columns, East over the rest; one account where the unit will change hands, one that stays named."""
    world.account(0, 0, revenue=100)
    world.account(0.8, 0, revenue=200)
    named = world.account(0.7, 0, revenue=400)
    world.account(2, 2, revenue=800)
    alignment = world.alignment("drawn")
    west = world.territory(alignment, "West", boundary=square(0, 0, columns=1.4, rows=2))
    world.territory(alignment, "East", boundary=square(1.4, 0, columns=1.6, rows=2))
    world.edit(alignment, "set_overrides", account_ids=[named.pk], territory_id=west.pk, reason="Key")
    return alignment


def conversion(manager: APIClient, alignment: Alignment, **fields: object) -> dict[str, object]:
    answer = manager.post(f"/api/v1/alignments/{alignment.pk}/conversion", fields)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_what_would_change_is_what_changes(world: World, drawn: Alignment, manager: APIClient) -> None:
    shown = conversion(manager, drawn, unit_layer_id=world.layer.pk, rule="area")
    assert (shown["n_units"], shown["n_unassigned"], shown["n_divided"], shown["n_accounts_moved"]) == (9, 3, 2, 1)
    body = {
        "name": "Whole", "team_id": world.team.pk, "basis": "units", "source": "copy", "copy_of": drawn.pk,
        "unit_layer_id": world.layer.pk, "rule": "area",
    }  # fmt: skip
    made = manager.post("/api/v1/alignments", body).json()
    assert (made["basis"], made["parent_id"]) == ("units", drawn.pk)
    rows = AccountAssignment.objects.filter(alignment_id=made["id"]).select_related("territory")
    counted: dict[str, list[int]] = {}
    for row in rows:
        amounts = counted.setdefault(row.territory.name if row.territory else "", [0, 0])
        amounts[0] += 1
        amounts[1] += row.revenue_minor
    after = {t["name"]: [t["after"]["accounts"], t["after"]["revenue_minor"]] for t in shown["territories"]}
    assert after == counted == {"West": [2, 500], "East": [1, 200], "": [1, 800]}
    before = {t["name"]: t["before"]["accounts"] for t in shown["territories"]}
    assert before == {"West": 3, "East": 0, "": 1}


def test_the_original_stays_as_it_is(world: World, drawn: Alignment) -> None:
    drawn.refresh_from_db()
    shapes, revision = drawn_shapes(drawn), drawn.revision
    world.alignment(source="copy", copy_of=drawn, rule=Rule.CENTRE)
    drawn.refresh_from_db()
    assert (drawn_shapes(drawn), drawn.revision) == (shapes, revision)
    assert Territory.objects.filter(alignment=drawn).count() == 2


def test_units_are_not_made_of_units(world: World, manager: APIClient) -> None:
    answer = manager.post(
        f"/api/v1/alignments/{world.alignment().pk}/conversion", {"unit_layer_id": world.layer.pk, "rule": "area"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"rule": "colour"}, "rule"), ({"rule": None}, "rule"), ({"unit_layer_id": 10**12}, "unit_layer_id")],
)
def test_a_conversion_that_makes_no_sense_is_refused(
    world: World, drawn: Alignment, manager: APIClient, fields: dict[str, object], field: str
) -> None:
    body = {"unit_layer_id": world.layer.pk, "rule": "area"} | fields
    answer = manager.post(f"/api/v1/alignments/{drawn.pk}/conversion", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_layer_of_another_workspace_is_none(drawn: Alignment, manager: APIClient, cast: Cast) -> None:
    with workspace(cast.foreign.workspace.pk):
        foreign = UnitLayer.objects.create(workspace=cast.foreign.workspace, name="Theirs", kind="h3", state="ready")
    body = {"unit_layer_id": foreign.pk, "rule": "area"}
    answer = manager.post(f"/api/v1/alignments/{drawn.pk}/conversion", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "unit_layer_id")


def test_a_layer_that_is_not_ready_is_refused(world: World, drawn: Alignment) -> None:
    building = UnitLayer.objects.create(workspace=world.workspace, name="Later", kind="counties")
    with pytest.raises(Conflict, match="not ready"):
        world.alignment(source="copy", copy_of=drawn, rule=Rule.AREA, unit_layer=building)
