"""GET alignments/ID/answers: the five questions, each in a sentence with figures, on lands done by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from territory.models import AccountAssignment, Alignment, Territory
from tests.balancing.grid import Land, assign_accounts, square
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = (("West", [0]), ("East", [1]))


@pytest.fixture
def ask(cast: Cast, client_of: ClientOf) -> Callable[..., dict[str, Any]]:
    def asked(made: Land, key: str, **query: float) -> dict[str, Any]:
        response = client_of(cast.viewer).get(f"/api/v1/alignments/{made.alignment.pk}/answers", query)
        assert response.status_code == 200, response.json()
        answers = {answer["key"]: answer for answer in response.json()["answers"]}
        assert list(answers) == ["opportunity", "workload", "coverage", "overlap", "growth"]
        return answers[key]

    return asked


def figures(answer: dict[str, Any]) -> dict[str, float]:
    return {figure["label"]: figure["value"] for figure in answer["figures"]}


def at_home(made: Land) -> Land:
    """Nobody travels: the hours are those of the visits."""
    with workspace(made.company.workspace.id):
        made.company.team.kind = "inside"
        made.company.team.save()
    return made


def test_equal_potential_is_balanced_by_opportunity(land: MakeLand, ask: Any) -> None:
    answer = ask(land(1, 2, territories=HALVES), "opportunity")
    assert answer["verdict"] == "good"
    assert answer["sentence"] == "Yes: potential lies within ±10 % of its target in all 2 territories."
    assert figures(answer)["Balance index of potential"] == 100


def test_who_has_too_much_potential_is_named_first(land: MakeLand, ask: Any) -> None:
    """Three accounts against one, targets of two."""
    answer = ask(land(1, 2, territories=HALVES, accounts=[1, 3]), "opportunity")
    assert answer["verdict"] == "bad"
    assert "within ±10 % in 0 of 2 territories" in answer["sentence"]
    assert "50 %" in answer["sentence"]
    assert sorted(row["value"] for row in answer["rows"]) == [-0.5, 0.5]


def test_without_potential_revenue_stands_in_and_is_named(land: MakeLand, ask: Any) -> None:
    made = land(1, 2, territories=HALVES)
    with workspace(made.company.workspace.id):
        Account.objects.update(potential_minor=0)
        assign_accounts(made, made.alignment)
    assert ask(made, "opportunity")["sentence"].startswith("No potential is known, so revenue stands in for it. Yes:")


def test_an_alignment_without_accounts_gets_no_made_up_answer(land: MakeLand, ask: Any) -> None:
    made = land(1, 2, territories=HALVES, accounts=[0, 0])
    assert ask(made, "opportunity")["verdict"] == "unknown"
    assert ask(made, "growth")["verdict"] == "unknown"


def test_reps_with_too_much_and_with_room_are_named(land: MakeLand, ask: Any) -> None:
    answer = ask(at_home(land(1, 2, territories=HALVES, accounts=[4, 8], capacity_h=100)), "workload")
    assert answer["sentence"] == "Rep East carries too much; Rep West has room."
    first = answer["rows"][0]
    assert (first["label"], first["note"]) == ("Rep East, East", "96 of 100 h")
    assert first["value"] == pytest.approx(1 / 3)


def test_white_space_and_vacant_territories_are_underserved(land: MakeLand, ask: Any) -> None:
    answer = ask(land(1, 3, territories=HALVES, capacity_h=None), "coverage")
    assert answer["verdict"] == "bad"
    assert answer["sentence"] == (
        "200 USD in 1 area that nobody covers: Square 2. 2 territories with 200 USD of revenue have no rep."
    )
    assert figures(answer) == {"Accounts nobody sees": 3, "Their revenue": 300_00, "Their potential": 600_00}
    assert [area["type"] for area in answer["areas"]] == ["Polygon"]


def test_units_cannot_overlap_but_the_crm_may_name_others(land: MakeLand, ask: Any) -> None:
    made = land(1, 2, territories=HALVES)
    assert ask(made, "overlap")["verdict"] == "good"
    with workspace(made.company.workspace.id):
        Account.objects.filter(external_id="A0-0").update(crm_owner="Rep East")
        Account.objects.filter(external_id="A1-0").update(crm_owner="R-East")
    answer = ask(made, "overlap")
    assert answer["verdict"] == "mixed"
    assert answer["sentence"] == (
        "Nowhere on the map: territories made of whole units cannot overlap. "
        "In the CRM 1 account with 100 USD still belongs to another rep of the team."
    )


def test_an_overlap_suggests_the_one_with_the_lower_load(land: MakeLand, ask: Any) -> None:
    made = land(1, 3, territories=[("West", []), ("East", [])], accounts=[2, 1, 0])
    with workspace(made.company.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(basis="drawn")
        for name, column in (("West", 0), ("East", 1)):
            Territory.objects.filter(name=name).update(boundary=square(column, 0, columns=2))
        rows = AccountAssignment.objects.filter(alignment=made.alignment)
        rows.update(territory=made.territories["West"])
        rows.filter(account__external_id="A1-0").update(is_overlap=True)
    answer = ask(made, "overlap")
    assert answer["sentence"] == "Boundaries overlap in 1 place: 1 account with 100 USD is claimed twice."
    assert answer["rows"][0]["note"] == "1 account; East has the lower load"


@pytest.mark.parametrize(
    ("growth", "hires", "words"),
    [
        (0.0, 0.0, "With the demand of today the reps' hours suffice: visits and travel need 80 % of them."),
        (0.25, 0.0, "With 25 % more demand the reps' hours suffice: visits and travel need 100 % of them."),
        (0.5, 0.4, "With 50 % more demand visits and travel need 120 % of the reps' hours: add 1 rep."),
    ],
)
def test_growth_is_told_in_reps(land: MakeLand, ask: Any, growth: float, hires: float, words: str) -> None:
    """Two accounts of 12 h and two reps of 15 h: 24 of 30."""
    answer = ask(at_home(land(1, 2, territories=HALVES, capacity_h=15)), "growth", growth=growth)
    assert answer["sentence"].startswith(words)
    assert figures(answer)["Reps missing"] == pytest.approx(hires)
    assert figures(answer)["Growth until hours run out"] == pytest.approx(0.25)


@pytest.mark.parametrize("growth", ["a lot", "-1", "6", "nan", "inf"])
def test_a_growth_that_is_none_is_refused(cast: Cast, land: MakeLand, client_of: ClientOf, growth: str) -> None:
    made = land(1, 2, territories=HALVES)
    response = client_of(cast.viewer).get(f"/api/v1/alignments/{made.alignment.pk}/answers", {"growth": growth})
    assert response.status_code == 400
    assert "growth" in str(response.json())
