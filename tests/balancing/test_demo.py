"""The demo as users, tests and screenshots meet it: seeded once, looked at from several sides."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from rest_framework.test import APIClient

from accounts.models import Account, Rep
from balancing.demo import company
from balancing.demo.seed import seed_demo
from balancing.findings.everything import find_all
from balancing.models import Snapshot
from balancing.scorecard.balance import COLUMN, measure_balance
from territory.models import (
    AccountAssignment,
    AccountOverride,
    AccountUnit,
    Alignment,
    AlignmentState,
    BasicUnit,
    Basis,
    Territory,
    UnitAdjacency,
)
from workspace.models import Change, Role, User, Workspace
from workspace.tenancy import workspace

N_ACCOUNTS = company.DEFAULT_ACCOUNTS
TODAY = date(2026, 3, 20)


@pytest.fixture(scope="module")
def tenant(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Workspace]:
    """The whole demo, as the web role writes it; taken back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = seed_demo(seed=7, n_accounts=N_ACCOUNTS, today=TODAY)
        with workspace(made.id):
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def planted(tenant: Workspace) -> dict:
    return Change.objects.get(subject_kind="demo").patch


@pytest.fixture
def field(tenant: Workspace) -> Alignment:
    return live(company.FIELD_TEAM)


@pytest.fixture
def inside(tenant: Workspace) -> Alignment:
    return live(company.INSIDE_TEAM)


def live(team: str) -> Alignment:
    return Alignment.objects.get(team__name=team, state=AlignmentState.LIVE)


def found(alignment: Alignment, kind: str) -> list[list[str]]:
    codes = dict(Territory.objects.filter(alignment=alignment).values_list("id", "code"))
    kinds = [finding for finding in find_all(alignment) if finding["kind"] == kind]
    return sorted(sorted(codes[i] for i in finding["territory_ids"]) for finding in kinds)


def test_the_teams_are_of_the_sizes_told(tenant: Workspace) -> None:
    sizes = {name: Rep.objects.filter(team__name=name).count() for name in (company.FIELD_TEAM, company.INSIDE_TEAM)}
    assert sizes == {company.FIELD_TEAM: 24, company.INSIDE_TEAM: 6}
    field_reps = Rep.objects.filter(team__name=company.FIELD_TEAM)
    assert all(rep.home is not None and 1400 <= rep.capacity_h <= 1800 for rep in field_reps)
    assert [rep.name for rep in field_reps.filter(is_active=False)] == [field_reps.get(external_id="REP-24").name]


def test_every_account_lies_in_a_county_and_has_an_address_of_its_state(tenant: Workspace) -> None:
    accounts = list(Account.objects.all())
    assert len(accounts) == N_ACCOUNTS
    assert {account.region for account in accounts} == set(company.STATES)
    assert sum(BasicUnit.objects.values_list("n_accounts", flat=True)) == N_ACCOUNTS
    assert all(account.city and len(account.postal_code) == 5 and "555-01" in account.phone for account in accounts)


def test_revenue_is_log_normal_and_potential_is_another_thing(tenant: Workspace) -> None:
    figures = np.array(Account.objects.values_list("revenue_minor", "potential_minor"), dtype=float)
    logarithms = np.log(figures)
    skew = ((logarithms - logarithms.mean(axis=0)) ** 3).mean(axis=0) / logarithms.std(axis=0) ** 3
    assert abs(skew).max() < 0.2
    assert 0.35 < np.corrcoef(logarithms.T)[0, 1] < 0.65


def test_segments_differ_in_visits_and_minutes(tenant: Workspace) -> None:
    hours = {name: [] for name in "ABC"}
    for account in Account.objects.all():
        hours[account.segment].append(account.workload_h)
    assert [round(len(hours[name]) / N_ACCOUNTS, 2) for name in "ABC"] == [0.1, 0.3, 0.6]
    assert np.mean(hours["A"]) > 2 * np.mean(hours["B"]) > 4 * np.mean(hours["C"])


def test_the_planted_imbalances_are_found_and_nothing_else_is(field: Alignment, planted: dict) -> None:
    assert found(field, "overloaded") == sorted([code] for code in planted["overloaded"])
    assert found(field, "idle") == sorted([code] for code in planted["idle"])
    assert len(planted["overloaded"]) == len(planted["idle"]) == 3


def test_all_other_territories_lie_within_ten_percent_of_their_workload(field: Alignment, planted: dict) -> None:
    balance = measure_balance(field)
    deviations = balance.deviations[:, COLUMN["workload"]]
    faulty = {*planted["overloaded"], *planted["idle"]}
    by_code = dict(zip((t.code for t in balance.territories), deviations.tolist(), strict=True))
    assert max(abs(by_code[code]) for code in by_code.keys() - faulty) <= 0.1
    assert min(by_code[code] for code in planted["overloaded"]) > 0.15
    assert max(by_code[code] for code in planted["idle"]) < -0.15


def test_the_white_space_is_found_with_its_potential(field: Alignment, planted: dict) -> None:
    [finding] = [finding for finding in find_all(field) if finding["kind"] == "white_space"]
    area = planted["white_space"]
    assert (finding["n_accounts"], finding["potential_minor"]) == (area["n_accounts"], area["potential_minor"])
    mean_potential = np.mean(Account.objects.values_list("potential_minor", flat=True))
    assert area["potential_minor"] / area["n_accounts"] > 1.5 * mean_potential
    unassigned = BasicUnit.objects.filter(code__in=area["counties"])
    assert not AccountAssignment.objects.filter(
        alignment=field, territory__isnull=False, account__in=_accounts_in(unassigned)
    ).exists()


def test_the_vacant_territory_is_found(field: Alignment, planted: dict) -> None:
    assert found(field, "vacant") == [[planted["vacant"]]]


def test_the_barrier_splits_one_territory(field: Alignment, planted: dict) -> None:
    assert found(field, "split") == [[planted["split"]]]
    assert UnitAdjacency.objects.filter(is_cut=True).exists()


def test_two_overlaps_around_large_cities_are_found(inside: Alignment, planted: dict) -> None:
    assert inside.basis == Basis.DRAWN
    assert found(inside, "overlap") == sorted(overlap["territories"] for overlap in planted["overlaps"])
    assert [overlap["city"] for overlap in planted["overlaps"]] == ["Atlanta", "Charlotte"]
    n_contested = AccountAssignment.objects.filter(alignment=inside, is_overlap=True).count()
    assert n_contested > 0.02 * N_ACCOUNTS


def test_the_inside_plan_has_no_fault_but_its_overlaps(inside: Alignment) -> None:
    assert kinds_of(inside) == {"overlap"}


def test_the_field_plan_has_no_fault_but_those_planted(field: Alignment) -> None:
    assert kinds_of(field) == {"overloaded", "idle", "white_space", "vacant", "split"}


def kinds_of(alignment: Alignment) -> set[str]:
    """Without what nobody planted: how chance has spread money over territories of equal work."""
    return {finding["kind"] for finding in find_all(alignment)} - {"out_of_band"}


def test_money_that_work_does_not_explain_is_found_where_it_is(field: Alignment) -> None:
    """From the accounts themselves: revenue beside its share by hours, of territories whose load is right."""
    rows = AccountAssignment.objects.filter(alignment=field, territory__isnull=False)
    revenue = {row["territory"]: row["sum"] for row in rows.values("territory").annotate(sum=Sum("revenue_minor"))}
    balance = measure_balance(field)
    targets = dict(zip((t.pk for t in balance.territories), balance.shares * sum(revenue.values()), strict=True))
    told = {
        i for finding in find_all(field) if finding["kind"] in {"overloaded", "idle"} for i in finding["territory_ids"]
    }
    outside = {pk for pk in revenue if pk not in told and abs(revenue[pk] / targets[pk] - 1) > 0.1}
    (finding,) = [finding for finding in find_all(field) if finding["id"] == "out_of_band-revenue"]
    assert set(finding["territory_ids"]) - told == outside


def test_forty_named_accounts_stay_with_a_neighbour(field: Alignment, planted: dict) -> None:
    kept = AccountOverride.objects.filter(alignment=field).values_list("account__external_id", "territory__code")
    assert dict(kept) == planted["overrides"]
    assert len(planted["overrides"]) == 40
    by_map = AccountAssignment.objects.filter(alignment=field, source="override")
    assert by_map.count() == 40


def test_a_scenario_is_ready_beside_the_live_plan(field: Alignment) -> None:
    draft = Alignment.objects.get(state=AlignmentState.DRAFT)
    assert (draft.name, draft.parent, draft.basis) == ("Spring rebalance", field, Basis.UNITS)
    assert _covered(draft) == _covered(field)


def test_balance_has_worn_off_over_last_year(field: Alignment) -> None:
    history = list(Snapshot.objects.filter(team=field.team).order_by("measured_on"))
    assert [snapshot.measured_on for snapshot in history] == [
        *(date(2025, month, 1) for month in range(3, 13)), date(2026, 1, 1), date(2026, 2, 1), TODAY,
    ]  # fmt: skip
    indexes = [snapshot.balance_index for snapshot in history]
    assert indexes[0] > indexes[6] > indexes[-1]
    assert indexes[-1] == pytest.approx(measure_balance(field).mean_index)


@pytest.mark.parametrize("login", company.LOGINS, ids=lambda login: login.email)
def test_every_login_opens_its_own_door(tenant: Workspace, login: company.Login) -> None:
    client = APIClient()
    assert client.login(email=login.email, password=company.PASSWORD)
    session = client.get("/api/v1/session").json()
    assert (session["member"]["role"], session["workspace"]["name"]) == (login.role, company.NAME)


def test_the_two_reps_see_their_own_territories(tenant: Workspace, planted: dict) -> None:
    for email, kind in (("rep1@demo.example", "overloaded"), ("rep2@demo.example", "idle")):
        rep = Rep.objects.get(member__user__email=email)
        assert [territory.code for territory in rep.territories.filter(alignment__state="live")] == [planted[kind][0]]
        assert rep.member.user.name == rep.name


def test_nothing_is_seeded_beside_what_is_there(tenant: Workspace) -> None:
    call_command("seed_demo", if_empty=True)
    assert Workspace.objects.count() == 1
    assert Account.objects.count() == N_ACCOUNTS


def test_the_logins_are_printed_with_roles_and_password(tenant: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_logins")
    printed = capsys.readouterr().out
    for login in company.LOGINS:
        assert f"{Role(login.role).label} " in printed
        assert login.email in printed
    assert printed.count(company.PASSWORD) == len(company.LOGINS)
    assert User.objects.filter(email__in=[login.email for login in company.LOGINS]).count() == len(company.LOGINS)


def _accounts_in(units: object) -> list[int]:
    return list(AccountUnit.objects.filter(unit__in=units).values_list("account_id", flat=True))


def _covered(alignment: Alignment) -> dict[int, str | None]:
    rows = AccountAssignment.objects.filter(alignment=alignment)
    return dict(rows.values_list("account_id", "territory__code"))
