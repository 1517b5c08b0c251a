"""A manager opens one page and finds the five questions answered, with figures, a map and what to do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

QUESTIONS = (
    "Are territories balanced by opportunity, not just geography?",
    "Which reps carry disproportionate workload?",
    "Where are revenue clusters underserved?",
    "Where do territories overlap unnecessarily?",
    "How should we adjust for growth?",
)


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.page.get_by_role("link", name="Answers").click()
    yield desk
    desk.page.context.close()


def card(desk: Desk, question: str) -> Locator:
    return desk.page.get_by_role("region", name=question)


def test_five_questions_are_answered_with_figures_a_map_and_a_way_on(desk: Desk, screenshots: Path) -> None:
    for question in QUESTIONS:
        expect(card(desk, question).get_by_role("img", name=re.compile(question))).to_be_visible()
        assert card(desk, question).get_by_role("definition").count() >= 3
    expect(card(desk, QUESTIONS[1])).to_contain_text("carry too much")
    expect(card(desk, QUESTIONS[2])).to_contain_text("1 territory with")
    expect(card(desk, QUESTIONS[3])).to_contain_text("cannot overlap")
    assert desk.violations() == []
    desk.shoot(screenshots / "answers.png")
    card(desk, QUESTIONS[1]).get_by_role("link", name="Rebalance").click()
    expect(desk.page.get_by_role("tab", name="Rebalance")).to_have_attribute("aria-selected", "true")


def test_another_growth_and_another_alignment_are_answered_anew(desk: Desk, screenshots: Path) -> None:
    growth = card(desk, QUESTIONS[4])
    expect(growth).to_contain_text("With 10 % more demand")
    growth.get_by_label("Expected growth of demand").fill("40")
    expect(growth).to_contain_text("With 40 % more demand")
    desk.page.get_by_role("combobox", name="Alignment").click()
    desk.page.get_by_role("option", name=re.compile("^Inside territories")).click()
    expect(card(desk, QUESTIONS[3])).to_contain_text("Boundaries overlap in 2 places")
    desk.page.set_viewport_size({"width": 390, "height": 844})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    desk.page.emulate_media(color_scheme="dark")
    desk.shoot(screenshots / "answers-phone.png")
    assert desk.violations() == []
