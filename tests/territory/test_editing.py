"""What an editor may do, what is refused, and what an undo brings back."""

import pytest
import shapely

from territory.models import AccountAssignment, Alignment, Territory
from territory.services.alignments import publish_alignment
from territory.services.edit_alignment import redo_edit, undo_edit
from tests.cast import Cast
from tests.territory.world import World, square
from workspace.exceptions import Conflict, Invalid, Locked


@pytest.fixture
def plan(world: World) -> Alignment:
    """West has column 0, East column 1; column 2 is nobody's. One account in the middle of each unit of row 0."""
    for column in range(3):
        world.account(column, 0, revenue=100 * (column + 1))
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "0-1", "0-2")
    world.territory(alignment, "East", "1-0", "1-1", "1-2")
    return alignment


@pytest.fixture
def drawn(world: World) -> Alignment:
    """Left over columns 0 and 1, Right over columns 1 and 2: the account in column 1 lies in both."""
    for column in range(3):
        world.account(column, 0)
    alignment = world.alignment("drawn")
    world.territory(alignment, "Left", boundary=square(0, 0, 2, 1))
    world.territory(alignment, "Right", boundary=square(1, 0, 2, 1))
    return alignment


def named(alignment: Alignment, name: str) -> Territory:
    return Territory.objects.get(alignment=alignment, name=name)


def undo(world: World, alignment: Alignment, actor: object = None) -> object:
    alignment.refresh_from_db(fields=["revision"])
    return undo_edit(alignment.pk, revision=alignment.revision, actor=actor or world.actor)


def owners(alignment: Alignment) -> list[str | None]:
    rows = AccountAssignment.objects.filter(alignment=alignment).order_by("account_id")
    return [row.territory.name if row.territory else None for row in rows.select_related("territory")]


def test_painting_only_unassigned_units_leaves_owned_ones_alone(world: World, plan: Alignment) -> None:
    west = named(plan, "West")
    units = world.units("1-0", "2-0")
    world.edit(plan, "assign_units", unit_ids=units, territory_id=west.pk, only_unassigned=True)
    assert (world.owner_of(plan, "1-0"), world.owner_of(plan, "2-0")) == ("East", "West")


def test_painting_what_is_painted_already_changes_nothing(world: World, plan: Alignment) -> None:
    done = world.edit(plan, "assign_units", unit_ids=world.units("0-0"), territory_id=named(plan, "West").pk)
    assert (done.change, done.alignment.revision) == (None, 3)


def test_an_account_in_two_boundaries_stays_with_its_present_owner_and_is_marked(drawn: Alignment) -> None:
    rows = AccountAssignment.objects.filter(alignment=drawn).order_by("account_id")
    assert owners(drawn) == ["Left", "Left", "Right"]
    assert [row.is_overlap for row in rows] == [False, True, False]


def test_shrinking_the_owners_boundary_gives_the_account_to_the_other_claimant(world: World, drawn: Alignment) -> None:
    world.edit(drawn, "set_boundary", territory_id=named(drawn, "Left").pk, boundary=square(0, 0))
    assert owners(drawn) == ["Left", "Right", "Right"]
    undo(world, drawn)
    assert owners(drawn) == ["Left", "Left", "Right"]


def test_an_undo_gives_a_contested_account_back_to_whom_it_had_come_to_before(world: World, drawn: Alignment) -> None:
    left, right = named(drawn, "Left"), named(drawn, "Right")
    for boundary in (square(0, 0), square(0, 0, 2, 1)):
        world.edit(drawn, "set_boundary", territory_id=left.pk, boundary=boundary)
    assert owners(drawn) == ["Left", "Right", "Right"]
    world.edit(drawn, "set_boundary", territory_id=right.pk, boundary=square(2, 0))
    assert owners(drawn) == ["Left", "Left", "Right"]
    undo(world, drawn)
    assert owners(drawn) == ["Left", "Right", "Right"]


def test_undoing_a_merge_gives_contested_accounts_back_also_beside_named_ones(world: World, drawn: Alignment) -> None:
    left, right = named(drawn, "Left"), named(drawn, "Right")
    outside = world.account(0, 2)
    world.edit(drawn, "set_overrides", account_ids=[outside.pk], territory_id=left.pk, reason="Key account")
    world.edit(drawn, "merge_territories", territory_ids=[left.pk, right.pk], into_id=right.pk)
    assert owners(drawn) == ["Right"] * 4
    undo(world, drawn)
    assert owners(drawn) == ["Left", "Left", "Right", "Left"]


def test_merging_drawn_territories_unites_their_boundaries(world: World, drawn: Alignment) -> None:
    left, right = named(drawn, "Left"), named(drawn, "Right")
    world.edit(drawn, "merge_territories", territory_ids=[left.pk, right.pk], into_id=left.pk)
    assert owners(drawn) == ["Left", "Left", "Left"]
    assert not AccountAssignment.objects.filter(alignment=drawn, is_overlap=True).exists()


def test_a_removed_territory_comes_back_with_its_id_units_and_named_accounts(world: World, plan: Alignment) -> None:
    east = named(plan, "East")
    account = AccountAssignment.objects.filter(alignment=plan).order_by("account_id").first().account_id
    world.edit(plan, "set_overrides", account_ids=[account], territory_id=east.pk, reason="Key account")
    world.edit(plan, "remove_territory", territory_id=east.pk)
    assert owners(plan) == ["West", None, None]
    undo(world, plan)
    assert owners(plan) == ["East", "East", None]
    assert named(plan, "East").pk == east.pk


def test_clearing_an_exception_lets_the_map_decide_again(world: World, plan: Alignment) -> None:
    account = AccountAssignment.objects.filter(alignment=plan).order_by("account_id").first().account_id
    world.edit(plan, "set_overrides", account_ids=[account], territory_id=named(plan, "East").pk, reason="Key")
    world.edit(plan, "clear_overrides", account_ids=[account])
    assert owners(plan) == ["West", "East", None]


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("assign_units", {"codes": ("1-0",), "to": "West"}),
        ("assign_units", {"codes": ("0-0",), "to": "East"}),
        ("remove_territory", {"of": "East"}),
        ("merge_territories", {"merge": ("West", "East")}),
        ("set_overrides", {"override": "East"}),
    ],
)
def test_a_locked_territory_neither_gains_nor_loses(
    world: World, plan: Alignment, operation: str, arguments: dict
) -> None:
    world.edit(plan, "update_territory", territory_id=named(plan, "East").pk, is_locked=True)
    account = AccountAssignment.objects.filter(alignment=plan).order_by("account_id").first().account_id
    given = {
        "codes": lambda codes: {"unit_ids": world.units(*codes)},
        "to": lambda name: {"territory_id": named(plan, name).pk},
        "of": lambda name: {"territory_id": named(plan, name).pk},
        "merge": lambda names: {"territory_ids": [named(plan, names[1]).pk], "into_id": named(plan, names[0]).pk},
        "override": lambda name: {"account_ids": [account], "territory_id": named(plan, name).pk, "reason": "x"},
    }
    values = {key: value for name, argument in arguments.items() for key, value in given[name](argument).items()}
    before = owners(plan)
    with pytest.raises(Locked, match="East"):
        world.edit(plan, operation, **values)
    assert owners(plan) == before


def test_a_neighbours_boundary_cannot_push_accounts_into_a_locked_territory(world: World, drawn: Alignment) -> None:
    world.edit(drawn, "update_territory", territory_id=named(drawn, "Right").pk, is_locked=True)
    with pytest.raises(Locked, match="Right"):
        world.edit(drawn, "set_boundary", territory_id=named(drawn, "Left").pk, boundary=square(0, 0))
    assert owners(drawn) == ["Left", "Left", "Right"]


def test_a_locked_territory_can_be_unlocked_and_renamed(world: World, plan: Alignment) -> None:
    east = named(plan, "East")
    world.edit(plan, "update_territory", territory_id=east.pk, is_locked=True, name="East coast")
    world.edit(plan, "update_territory", territory_id=east.pk, is_locked=False)
    assert not named(plan, "East coast").is_locked


def test_the_live_alignment_refuses_every_edit_and_undo(world: World, plan: Alignment) -> None:
    plan.refresh_from_db()
    publish_alignment(plan.pk, revision=plan.revision, actor=world.actor)
    with pytest.raises(Conflict, match="only by publishing"):
        world.edit(plan, "remove_territory", territory_id=named(plan, "East").pk)
    with pytest.raises(Conflict, match="only by publishing"):
        undo(world, plan)


def test_undo_takes_back_ones_own_latest_edit_not_a_colleagues(world: World, plan: Alignment, here: Cast) -> None:
    world.edit(plan, "assign_units", unit_ids=world.units("2-0"), territory_id=named(plan, "East").pk)
    world.edit(plan, "update_territory", actor=here.admin, territory_id=named(plan, "West").pk, name="Wild West")
    undo(world, plan)
    assert world.owner_of(plan, "2-0") is None
    assert named(plan, "Wild West")


def test_undo_is_refused_when_a_colleague_changed_the_same_units_since(
    world: World, plan: Alignment, here: Cast
) -> None:
    unit = world.units("2-0")
    world.edit(plan, "assign_units", unit_ids=unit, territory_id=named(plan, "East").pk)
    world.edit(plan, "assign_units", actor=here.admin, unit_ids=unit, territory_id=named(plan, "West").pk)
    with pytest.raises(Conflict, match="changed the same things"):
        undo(world, plan)
    assert world.owner_of(plan, "2-0") == "West"


def test_undoing_a_new_territory_is_refused_once_a_colleague_gave_it_units(
    world: World, plan: Alignment, here: Cast
) -> None:
    north = world.territory(plan, "North")
    world.edit(plan, "assign_units", actor=here.admin, unit_ids=world.units("2-2"), territory_id=north.pk)
    with pytest.raises(Conflict, match="North"):
        undo(world, plan)


def test_a_new_edit_ends_what_could_be_redone(world: World, plan: Alignment) -> None:
    undo(world, plan)
    world.territory(plan, "South")
    plan.refresh_from_db(fields=["revision"])
    with pytest.raises(Conflict, match="no undone edit"):
        redo_edit(plan.pk, revision=plan.revision, actor=world.actor)


def test_a_rep_of_another_team_cannot_hold_the_territory(world: World, plan: Alignment, here: Cast) -> None:
    other = type(here.team).objects.create(workspace=here.workspace, name="Inside", kind="inside")
    world.team = other
    rep = world.rep("Ivy")
    with pytest.raises(Invalid, match="not in the team"):
        world.edit(plan, "update_territory", territory_id=named(plan, "East").pk, rep_id=rep.pk)


def test_units_cannot_be_painted_in_a_drawn_alignment(world: World, drawn: Alignment) -> None:
    with pytest.raises(Conflict, match="drawn boundaries"):
        world.edit(drawn, "assign_units", unit_ids=world.units("0-0"), territory_id=named(drawn, "Left").pk)


def test_a_boundary_cannot_be_drawn_in_a_units_alignment(world: World, plan: Alignment) -> None:
    with pytest.raises(Conflict, match="units"):
        world.edit(plan, "set_boundary", territory_id=named(plan, "East").pk, boundary=square(0, 0))


def test_a_boundary_with_swapped_axes_is_recognised_by_where_the_accounts_are(world: World, drawn: Alignment) -> None:
    swapped = shapely.transform(square(0, 0), lambda points: points[:, ::-1])
    with pytest.raises(Invalid, match="axes look swapped"):
        world.edit(drawn, "set_boundary", territory_id=named(drawn, "Left").pk, boundary=swapped)


def test_a_boundary_far_from_all_accounts_is_allowed(world: World, drawn: Alignment) -> None:
    world.edit(drawn, "set_boundary", territory_id=named(drawn, "Left").pk, boundary=square(20, 5))
    assert owners(drawn) == [None, "Right", "Right"]
