"""The set-based derivation beside a slow, obvious one, under random edits, undos and redos."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import shapely
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon

from accounts.models import Account
from territory.history import next_redo, next_undo
from territory.models import AccountAssignment, AccountOverride, Alignment, BasicUnit, Territory, UnitAssignment
from territory.patches.patch import shape_of
from territory.services.edit_alignment import redo_edit, undo_edit
from territory.totals import territory_totals, white_space_totals
from tests.cast import Cast, make_cast
from tests.territory.world import World, square
from workspace.exceptions import Conflict
from workspace.tenancy import workspace

N_ACCOUNTS = 30
OPERATIONS = ("paint", "draw", "add", "remove", "merge", "override", "clear", "undo", "redo")


def twin(alignment: Alignment) -> dict[int, set[int | None]]:
    """Account → territories it may belong to, one account after the other; more than one where boundaries overlap."""
    overrides = dict(AccountOverride.objects.filter(alignment=alignment).values_list("account_id", "territory_id"))
    owners = dict(UnitAssignment.objects.filter(alignment=alignment).values_list("unit_id", "territory_id"))
    units = [(u.pk, shapely.from_wkb(bytes(u.boundary.wkb))) for u in BasicUnit.objects.order_by("id")]
    shapes = {t.pk: shape_of(t) for t in Territory.objects.filter(alignment=alignment)}
    expected: dict[int, set[int | None]] = {}
    for account in Account.objects.all():
        point = account.location and shapely.Point(account.location.x, account.location.y)
        if account.pk in overrides:
            allowed = {overrides[account.pk]}
        elif point is None:
            allowed = {None}
        elif alignment.basis == "units":
            unit = next((pk for pk, boundary in units if boundary.covers(point)), None)
            allowed = {owners.get(unit)}
        else:
            allowed = {pk for pk, shape in shapes.items() if shape is not None and shape.covers(point)} or {None}
        expected[account.pk] = allowed
    return expected


def check_books(alignment: Alignment) -> None:
    """One row for every account, in a territory it may be in; totals and white space add up to all accounts."""
    rows = {row.account_id: row for row in AccountAssignment.objects.filter(alignment=alignment)}
    expected = twin(alignment)
    assert set(rows) == set(expected)
    for account_id, allowed in expected.items():
        row = rows[account_id]
        assert row.territory_id in allowed
        if row.source != "override":
            assert row.is_overlap == (len(allowed) > 1)
    totals = territory_totals(alignment)
    counted = Counter(row.territory_id for row in rows.values())
    assert {pk: t.accounts for pk, t in totals.items() if t.accounts} == {k: n for k, n in counted.items() if k}
    accounts = Account.objects.filter(pk__in=rows)
    everything = [*totals.values(), white_space_totals(alignment)]
    for name in ("revenue_minor", "potential_minor", "pipeline_minor"):
        assert sum(getattr(t, name) for t in everything) == sum(getattr(a, name) for a in accounts)
    assert sum(t.workload_h for t in everything) == pytest.approx(sum(a.workload_h for a in accounts))


def snapshot(alignment: Alignment) -> dict[str, object]:
    """Everything that an undo has to bring back."""
    return {
        "territories": {
            t.pk: (t.name, t.code, t.colour, t.rep_id, t.is_locked, t.position, shape_of(t) and shape_of(t).wkb)
            for t in Territory.objects.filter(alignment=alignment)
        },
        "units": dict(UnitAssignment.objects.filter(alignment=alignment).values_list("unit_id", "territory_id")),
        "overrides": set(AccountOverride.objects.filter(alignment=alignment).values_list("account_id", "territory_id")),
        "accounts": set(
            AccountAssignment.objects.filter(alignment=alignment).values_list(
                "account_id", "territory_id", "source", "is_overlap"
            )
        ),
    }


def random_area(chance: random.Random) -> MultiPolygon:
    column, row = chance.uniform(-0.3, 2), chance.uniform(-0.3, 2)
    return square(column, row, chance.uniform(0.2, 2), chance.uniform(0.2, 2))


class Editor:
    """Somebody who does things at random."""

    def __init__(self, world: World, alignment: Alignment, chance: random.Random) -> None:
        self.world, self.alignment, self.chance = world, alignment, chance
        self.units = list(BasicUnit.objects.order_by("id").values_list("id", flat=True))
        self.accounts = list(Account.objects.order_by("id").values_list("id", flat=True))

    def act(self, what: str) -> None:
        territories = list(Territory.objects.filter(alignment=self.alignment).values_list("id", flat=True))
        if what in {"undo", "redo"}:
            self._step(what)
        elif what == "add" or len(territories) < 2:
            self._add()
        elif what in {"paint", "draw"}:
            self._reshape(self.chance.choice(territories))
        elif what == "remove":
            self._edit("remove_territory", territory_id=self.chance.choice(territories))
        elif what == "merge":
            into, other = self.chance.sample(territories, 2)
            self._edit("merge_territories", territory_ids=[into, other], into_id=into)
        elif what == "override":
            some = self.chance.sample(self.accounts, 3)
            self._edit("set_overrides", account_ids=some, territory_id=self.chance.choice(territories), reason="Key")
        else:
            self._edit("clear_overrides", account_ids=self.chance.sample(self.accounts, 6))

    def _add(self) -> None:
        given = {"boundary": random_area(self.chance)} if self.alignment.basis == "drawn" else {}
        self._edit("add_territory", name=f"T{self.chance.randrange(1000)}", **given)

    def _reshape(self, territory_id: int) -> None:
        if self.alignment.basis == "drawn":
            self._edit("set_boundary", territory_id=territory_id, boundary=random_area(self.chance))
        else:
            some = self.chance.sample(self.units, 3)
            target = self.chance.choice([territory_id, territory_id, None])
            self._edit("assign_units", unit_ids=some, territory_id=target)

    def _edit(self, operation: str, **arguments: object) -> None:
        self.world.edit(self.alignment, operation, **arguments)

    def _step(self, what: str) -> None:
        self.alignment.refresh_from_db(fields=["revision"])
        step = undo_edit if what == "undo" else redo_edit
        next_step = next_undo if what == "undo" else next_redo
        if next_step(self.alignment, self.world.actor) is None:
            with pytest.raises(Conflict, match="of yours"):
                step(self.alignment.pk, revision=self.alignment.revision, actor=self.world.actor)
        else:
            step(self.alignment.pk, revision=self.alignment.revision, actor=self.world.actor)


def settle(cast: Cast, seed: int) -> tuple[World, random.Random]:
    chance = random.Random(seed)
    world = World(cast.workspace, cast.team, cast.manager)
    for _ in range(N_ACCOUNTS):
        place = (chance.uniform(-0.6, 2.6), chance.uniform(-0.6, 2.6)) if chance.random() < 0.9 else (None, None)
        world.account(*place, revenue=chance.randrange(1000), visits_per_year=4, service_min_per_visit=chance.random())
    return world, chance


@pytest.mark.django_db
@pytest.mark.parametrize("basis", ["units", "drawn"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), acts=st.lists(st.sampled_from(OPERATIONS), min_size=4, max_size=12))
def test_the_books_balance_whatever_happened_before(basis: str, seed: int, acts: list[str]) -> None:
    with new_company() as cast:
        world, chance = settle(cast, seed)
        live = world.alignment(basis, name="Live")
        world.territory(live, "One", **({"boundary": square(0, 0, 2, 2)} if basis == "drawn" else {}))
        before = snapshot(live)
        alignment = world.alignment(basis, source="copy", copy_of=live, name="Scenario", unit_layer=None)
        editor = Editor(world, alignment, chance)
        for act in acts:
            editor.act(act)
            check_books(alignment)
        assert snapshot(live) == before


@pytest.mark.django_db
@pytest.mark.parametrize("basis", ["units", "drawn"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), acts=st.lists(st.sampled_from(OPERATIONS[:-2]), min_size=3, max_size=7))
def test_undoing_everything_and_redoing_it_ends_where_it_was(basis: str, seed: int, acts: list[str]) -> None:
    with new_company() as cast:
        world, chance = settle(cast, seed)
        alignment = world.alignment(basis)
        editor = Editor(world, alignment, chance)
        states = [snapshot(alignment)]
        for act in acts:
            revision = Alignment.objects.get(pk=alignment.pk).revision
            editor.act(act)
            if Alignment.objects.get(pk=alignment.pk).revision > revision:
                states.append(snapshot(alignment))
        for state in reversed(states[:-1]):
            editor.act("undo")
            assert snapshot(alignment) == state
        for state in states[1:]:
            editor.act("redo")
            assert snapshot(alignment) == state


@contextmanager
def new_company() -> Iterator[Cast]:
    """A company for one example, gone after it."""
    mark = transaction.savepoint()
    cast = make_cast()
    try:
        with workspace(cast.workspace.pk):
            yield cast
    finally:
        transaction.savepoint_rollback(mark)
