"""Accounts: who sees them, how they are searched, what changing one by hand does."""

from typing import Any

import pytest
from django.db import connection

from accounts.api.filters import AccountFilter
from accounts.api.serializers import AccountSerializer, AccountUpdateSerializer
from accounts.importing import followers
from accounts.models import Account
from accounts.services.accounts import update_account
from tests.accounts.files import import_file
from tests.cast import Cast
from tests.conftest import WEB_ROLE
from workspace.models import Change

ROWS = (
    "id,name,city,postal_code,segment,lat,lon,revenue",
    "A-1,Oak Hardware,Athens,30601,Retail,33.96,-83.38,10",
    "A-2,oakley optics,Atlanta,30303,Health,33.75,-84.39,20",
    "B-3,Élan Sports,Nowhere,SW1A,Retail,,,30",
)


@pytest.fixture
def accounts(here: Cast) -> dict[str, Account]:
    import_file(here.ops, "\n".join(ROWS))
    return {account.external_id: account for account in Account.objects.all()}


def found(query: dict[str, str]) -> set[str]:
    return {account.external_id for account in AccountFilter(query, queryset=Account.objects.all()).qs}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("oak", {"A-1", "A-2"}),
        ("OAK H", {"A-1"}),
        ("ATL", {"A-2"}),
        ("3060", {"A-1"}),
        ("sw1", {"B-3"}),
        ("A-", {"A-1", "A-2"}),
        ("hardware", set()),
        ("%", set()),
        ("_ak", set()),
        ("  ", {"A-1", "A-2", "B-3"}),
    ],
)
def test_search_finds_what_starts_like_the_words(accounts: dict[str, Account], words: str, ids: set[str]) -> None:
    assert found({"search": words}) == ids


def test_accents_are_searched_in_any_case(accounts: dict[str, Account]) -> None:
    assert found({"search": "éLAN"}) == {"B-3"}


def test_filters_combine(accounts: dict[str, Account]) -> None:
    assert found({"segment": "Retail"}) == {"A-1", "B-3"}
    assert found({"unplotted": "true"}) == {"B-3"}
    assert found({"unplotted": "false", "segment": "Retail"}) == {"A-1"}


@pytest.mark.django_db
def test_search_reads_indexes_under_row_level_security(here: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (workspace_id, external_id, name, street, city, region, postal_code, country,"
            " phone, segment, crm_owner, geocode_quality, revenue_minor, potential_minor, pipeline_minor,"
            " visits_per_year, service_min_per_visit, custom_metrics, updated_at)"
            " SELECT %s, 'X' || n, md5(n::text), '', md5((n * 7)::text), '', n::text, '', '', '', '', 'none', 0, 0, 0,"
            " 0, 0, '{}', now() FROM generate_series(1, 20000) n",
            [here.workspace.id],
        )
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE accounts_account")
        cursor.execute(f"SET ROLE {WEB_ROLE}")
    plan = Account.objects.visible_to(here.ops).matching("abcd").explain()
    for index in ("name_key", "city_key", "postal_code", "external_id"):
        assert f"accounts_account_{index}" in plan
    assert "Seq Scan" not in plan


def test_readers_see_the_workspaces_accounts_and_reps_none_of_them(accounts: dict[str, Account], here: Cast) -> None:
    assert Account.objects.visible_to(here.viewer).count() == 3
    assert Account.objects.visible_to(here.rep).count() == 0
    assert Account.objects.visible_to(here.foreign.members["admin"]).count() == 0


def test_an_account_is_told_with_its_place_and_workload(accounts: dict[str, Account]) -> None:
    told = AccountSerializer(accounts["A-1"]).data
    assert (told["lon"], told["lat"], told["revenue_minor"], told["workload_h"]) == (-83.38, 33.96, 1000, 0)
    assert AccountSerializer(accounts["B-3"]).data["lon"] is None


def change(here: Cast, account: Account, **body: Any) -> Account:
    serializer = AccountUpdateSerializer(account, data=body, partial=True)
    serializer.is_valid(raise_exception=True)
    return update_account(account, actor=here.ops, **serializer.validated_data)


def test_moving_an_account_moves_its_cell_and_is_recorded(accounts: dict[str, Account], here: Cast) -> None:
    moved = change(here, accounts["B-3"], lon=-84.39, lat=33.75)
    twin = accounts["A-2"]
    assert (moved.cell, moved.mercator_x, moved.mercator_y) == (twin.cell, twin.mercator_x, twin.mercator_y)
    assert moved.geocode_quality == "given"
    recorded = Change.objects.get(subject_kind="account")
    assert recorded.patch == {"location": [None, [-84.39, 33.75]]}


def test_an_account_can_be_taken_off_the_map(accounts: dict[str, Account], here: Cast) -> None:
    off = change(here, accounts["A-1"], lon=None, lat=None)
    assert (off.location, off.cell, off.geocode_quality) == (None, None, "none")


def test_a_new_name_is_found_by_search(accounts: dict[str, Account], here: Cast) -> None:
    change(here, accounts["A-1"], name="Willow Works")
    assert found({"search": "willow"}) == {"A-1"}


def test_followers_hear_of_a_changed_account_only(
    accounts: dict[str, Account], here: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[tuple[int, bool]]] = []

    def follow(*, workspace_id: int, touched: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT account_id, is_new FROM {touched}")
            told.append(cursor.fetchall())

    monkeypatch.setattr(followers, "_followers", [follow])
    change(here, accounts["A-1"], revenue_minor=5)
    change(here, accounts["A-1"], revenue_minor=5)
    assert told == [[(accounts["A-1"].id, False)]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lon": 1}, "lat"),
        ({"lon": 1, "lat": None}, "lat"),
        ({"lon": 1, "lat": 91}, "lat"),
        ({"lon": 181, "lat": 1}, "lon"),
        ({"revenue_minor": -1}, "revenue_minor"),
        ({"revenue_minor": 2**63}, "revenue_minor"),
        ({"visits_per_year": -1}, "visits_per_year"),
        ({"name": ""}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"custom_metrics": {"size": "many"}}, "custom_metrics"),
    ],
)
def test_what_an_account_cannot_be_is_refused(body: dict[str, Any], field: str) -> None:
    serializer = AccountUpdateSerializer(Account(), data=body, partial=True)
    assert not serializer.is_valid()
    assert field in serializer.errors
