"""Edits of several territories at once: region, lock, colours, and who holds them. One change each, one undo."""

import pytest

from accounts.models import Rep
from territory.models import AccountAssignment, Alignment, Territory
from territory.operations.planned import named
from territory.operations.update_territories import region_path
from territory.patches import Patch
from territory.reading.territories import territory_rows
from territory.services.create_alignment import create_alignment
from territory.services.edit_alignment import undo_edit
from tests.territory.world import World
from workspace.exceptions import Invalid
from workspace.models import Change


@pytest.fixture
def plan(world: World) -> Alignment:
    """One column each: West is Wilma's, Middle is Mo's, East is vacant."""
    alignment = world.alignment()
    reps = {name: world.rep(name).pk for name in ("Wilma", "Mo")} | {None: None}
    for column, (name, rep) in enumerate([("West", "Wilma"), ("Middle", "Mo"), ("East", None)]):
        world.account(column, 0)
        world.territory(alignment, name, f"{column}-0", f"{column}-1", rep_id=reps[rep])
    return alignment


def ids(alignment: Alignment, *names: str) -> list[int]:
    by_name = dict(alignment.territories.values_list("name", "id"))
    return [by_name[name] for name in names]


def holders(alignment: Alignment) -> dict[str, str | None]:
    return dict(alignment.territories.values_list("name", "rep__name"))


def regions(alignment: Alignment) -> dict[str, str]:
    return dict(alignment.territories.values_list("name", "region"))


def undo(world: World, alignment: Alignment) -> None:
    alignment.refresh_from_db(fields=["revision"])
    undo_edit(alignment.pk, revision=alignment.revision, actor=world.actor)


def rep_id(name: str) -> int:
    return Rep.objects.get(name=name).pk


def test_a_territory_is_handed_over_and_no_account_moves(world: World, plan: Alignment) -> None:
    done = world.edit(plan, "hand_over", territory_ids=ids(plan, "East"), rep_id=rep_id("Mo"))
    assert holders(plan) == {"West": "Wilma", "Middle": "Mo", "East": "Mo"}
    assert (done.n_accounts_moved, done.territory_ids) == (0, ids(plan, "East"))
    assert done.change.label == "Handed “East” to Mo"
    undo(world, plan)
    assert holders(plan) == {"West": "Wilma", "Middle": "Mo", "East": None}


def test_a_swap_gives_what_the_rep_held_to_the_one_before_in_one_change(world: World, plan: Alignment) -> None:
    before = Change.objects.count()
    done = world.edit(plan, "hand_over", territory_ids=ids(plan, "West"), rep_id=rep_id("Mo"), swap=True)
    assert holders(plan) == {"West": "Mo", "Middle": "Wilma", "East": None}
    assert Change.objects.count() == before + 1
    assert done.change.label == "Handed “West” to Mo, in exchange for “Middle”"
    undo(world, plan)
    assert holders(plan) == {"West": "Wilma", "Middle": "Mo", "East": None}


def test_a_swap_of_a_vacant_territory_leaves_the_other_vacant(world: World, plan: Alignment) -> None:
    world.edit(plan, "hand_over", territory_ids=ids(plan, "East"), rep_id=rep_id("Mo"), swap=True)
    assert holders(plan) == {"West": "Wilma", "Middle": None, "East": "Mo"}


def test_several_territories_can_be_left_vacant_together(world: World, plan: Alignment) -> None:
    done = world.edit(plan, "hand_over", territory_ids=ids(plan, "West", "Middle"), rep_id=None)
    assert holders(plan) == {"West": None, "Middle": None, "East": None}
    assert done.change.label == "Left “West” and “Middle” vacant"


def test_handing_over_to_the_one_who_has_it_changes_nothing(world: World, plan: Alignment) -> None:
    assert world.edit(plan, "hand_over", territory_ids=ids(plan, "West"), rep_id=rep_id("Wilma")).change is None


@pytest.mark.parametrize(
    ("names", "rep", "problem"),
    [
        (("West", "Middle"), "Mo", "different reps"),
        (("West",), None, "name the rep to swap with"),
        (("West",), "Gone", "not active"),
    ],
)
def test_a_swap_that_cannot_be_is_refused_in_words(
    world: World, plan: Alignment, names: tuple[str, ...], rep: str | None, problem: str
) -> None:
    world.rep("Gone", is_active=False)
    with pytest.raises(Invalid, match=problem):
        world.edit(
            plan, "hand_over", territory_ids=ids(plan, *names), rep_id=None if rep is None else rep_id(rep), swap=True
        )
    assert holders(plan) == {"West": "Wilma", "Middle": "Mo", "East": None}


def test_several_territories_are_put_into_a_region_and_out_again(world: World, plan: Alignment) -> None:
    done = world.edit(
        plan, "update_territories", territory_ids=ids(plan, "West", "Middle"), region=" South/ Georgia  coast "
    )
    assert regions(plan) == {"West": "South / Georgia coast", "Middle": "South / Georgia coast", "East": ""}
    assert done.change.label == "Put “West” and “Middle” into “South / Georgia coast”"
    world.edit(plan, "update_territories", territory_ids=ids(plan, "West"), region="")
    assert regions(plan)["West"] == ""
    undo(world, plan)
    undo(world, plan)
    assert set(regions(plan).values()) == {""}


def test_only_territories_that_differ_are_in_the_change(world: World, plan: Alignment) -> None:
    world.edit(plan, "update_territories", territory_ids=ids(plan, "West"), is_locked=True)
    done = world.edit(plan, "update_territories", territory_ids=ids(plan, "West", "Middle"), is_locked=True)
    assert done.change.label == "Locked “Middle”"
    undo(world, plan)
    assert dict(plan.territories.values_list("name", "is_locked")) == {"West": True, "Middle": False, "East": False}
    assert world.edit(plan, "update_territories", territory_ids=ids(plan, "West"), is_locked=True).change is None


def test_each_territory_gets_its_own_colour(world: World, plan: Alignment) -> None:
    colours = ["#4e94c9", "#e39a4b"]
    world.edit(plan, "update_territories", territory_ids=ids(plan, "East", "West"), colours=colours)
    assert list(plan.territories.filter(name__in=["East", "West"]).order_by("name").values_list("colour")) == [
        ("#4e94c9",),
        ("#e39a4b",),
    ]


@pytest.mark.parametrize("colours", [["#4e94c9"], ["#4e94c9"] * 3])
def test_colours_and_territories_must_be_as_many(world: World, plan: Alignment, colours: list[str]) -> None:
    with pytest.raises(Invalid, match="one colour for each"):
        world.edit(plan, "update_territories", territory_ids=ids(plan, "East", "West"), colours=colours)


def test_a_region_too_long_once_it_is_written_out_is_refused() -> None:
    with pytest.raises(Invalid, match="too long"):
        region_path("/".join("a" * 70))


def test_copies_and_split_off_territories_stay_in_the_region(world: World, plan: Alignment) -> None:
    west = ids(plan, "West")[0]
    world.edit(plan, "update_territories", territory_ids=[west], region="South")
    world.edit(plan, "split_territory", territory_id=west, name="West 2", line=[[-85.0, 32.5], [-83.0, 32.5]])
    copy = create_alignment(name="Copy", team=plan.team, basis="units", source="copy", copy_of=plan, actor=world.actor)
    assert [row["region"] for row in territory_rows(copy)] == ["South", "", "", "South"]


def test_a_territory_removed_before_there_were_regions_comes_back(world: World, plan: Alignment) -> None:
    world.edit(plan, "remove_territory", territory_id=ids(plan, "East")[0])
    change = Change.objects.filter(operation="remove_territory").get()
    patch = Patch.from_json(change.patch)
    for before, _ in patch.territories.values():
        del before["region"]
    Change.objects.filter(pk=change.pk).update(patch=patch.to_json())
    undo(world, plan)
    assert regions(plan)["East"] == ""
    assert AccountAssignment.objects.filter(alignment=plan, territory__name="East").count() == 1


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "“A”"), (2, "“A” and “B”"), (4, "“A”, “B”, “C” and “D”"), (5, "“A”, “B”, “C” and 2 more")],
)
def test_of_many_territories_the_first_three_are_named(count: int, words: str) -> None:
    assert named(Territory(name=letter) for letter in "ABCDE"[:count]) == words
