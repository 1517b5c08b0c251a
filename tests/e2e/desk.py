"""The manager's desk as a person uses it: by what is written on the screen."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect
from shapely import Geometry
from shapely.geometry import shape

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "blue-heron-7"
# As long as clicks wait: two browsers and two systems share the machine.
expect.set_options(timeout=30_000)


@dataclass
class Desk:
    page: Page
    url: str

    @classmethod
    def open(cls, browser: Browser, url: str, email: str, password: str = PASSWORD, **size: int) -> "Desk":
        # The accessibility checker is put into the page by the test; the page itself forbids it.
        context = browser.new_context(viewport=size or DESK, bypass_csp=True, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{url}/auth/login/?next=/")
        page.get_by_label("Email").first.fill(email)
        page.get_by_label("Password").first.fill(password)
        page.get_by_role("button", name="Sign in", exact=True).first.click()
        page.wait_for_url(lambda address: "/auth/" not in address)
        desk = cls(page, url)
        desk.settle()
        return desk

    def settle(self) -> None:
        """Until nothing is loading any more and the map has drawn what it got."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("section[aria-busy=true]")).to_have_count(0)
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def go(self, address: str, *, heading: str | None = None) -> None:
        """Follow an address; `heading` is what the page is headed once it is there."""
        self.page.goto(f"{self.url}/{address}")
        if heading is not None:
            self.page.get_by_role("heading", level=1, name=heading).wait_for()
        self.settle()

    def create_scenario(self, name: str) -> None:
        self.page.get_by_role("button", name="Edit as scenario").click()
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name="Create scenario").click()
        self.page.get_by_role("dialog").wait_for(state="hidden")
        self.expect_revision(1)
        self.settle()

    def create_blank(self, name: str) -> None:
        """A scenario of drawn shapes with nothing in it."""
        self.alignment_switch.click()
        self.page.get_by_text("New scenario…").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_label("Nothing").check()
        dialog.get_by_label("shapes drawn by hand").check()
        dialog.get_by_role("button", name="Create scenario").click()
        dialog.wait_for(state="hidden")
        expect(self.alignment_switch).to_contain_text(name)
        self.settle()

    def choose_tool(self, name: str) -> None:
        self.tool(name).click()
        self.settle()

    def tool(self, name: str) -> Locator:
        """On the bar: findings offer to edit, too."""
        return self.page.get_by_role("toolbar", name="Map tools").get_by_role("button", name=name, exact=True)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()

    def outline(self, corners: list[tuple[int, int]]) -> None:
        """Draw a shape: click every corner, and the first once more."""
        self.page.locator(".cursor-marker").wait_for(state="attached")
        placed = self.page.locator(".marker-icon:not(.cursor-marker)")
        for number, corner in enumerate(corners, start=1):
            self.page.mouse.move(*corner)
            self.page.mouse.click(*corner)
            expect(placed).to_have_count(number)
        self.page.mouse.move(*corners[0])
        self.page.mouse.click(*corners[0])

    def add_drawn(self, corners: list[tuple[int, int]], *, revision: int) -> None:
        """Draw a territory and keep the name it is offered."""
        self.outline(corners)
        self.page.get_by_role("dialog").get_by_role("button", name="Add territory").click()
        self.expect_revision(revision)
        self.settle()

    def shapes(self) -> dict[str, Geometry]:
        """Territory → boundary of the alignment on the screen, as the server has it."""
        number = urlsplit(self.page.url).fragment.rsplit("/", 1)[-1]
        answer = self.page.request.get(f"{self.url}/api/v1/alignments/{number}/boundaries")
        features = answer.json()["features"]
        return {each["properties"]["name"]: shape(each["geometry"]) for each in features}

    def paint(self, territory: str, *, at: tuple[int, int], to: tuple[int, int]) -> None:
        """One stroke of the brush, which is one edit."""
        self.page.get_by_role("button", name=territory).first.click()
        self.choose_tool("Paint")
        self.drag(at, to)

    def expect_revision(self, revision: int) -> None:
        expect(self.page.get_by_text(f"revision {revision}", exact=False).first).to_be_visible()

    def rebalance(self, *, within_s: float) -> str:
        """Start a run and wait for its result; what the panel then says."""
        self.page.get_by_role("tab", name="Rebalance").click()
        panel = self.page.get_by_role("tabpanel")
        panel.get_by_role("button", name="Rebalance").click()
        panel.get_by_role("button", name="Accept", exact=True).wait_for(timeout=within_s * 1000)
        return panel.inner_text()

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("tabpanel")

    def lock(self, territory: str) -> None:
        self.page.get_by_role("button", name=territory).first.click()
        self.page.get_by_role("button", name=f"Lock {territory}").click()

    def use_possible_tolerances(self) -> list[str]:
        """Take every tolerance that the form offers in place of one that cannot be met; what it said before."""
        self.page.get_by_role("tab", name="Rebalance").click()
        said = self.panel.get_by_role("status").filter(has_text="These limits cannot be met")
        expect(said).to_be_visible()
        expect(self.panel.get_by_role("button", name="Find the nearest plan")).to_be_enabled()
        reasons = said.inner_text().splitlines()
        while (offers := self.panel.get_by_role("button", name=re.compile(r"^Use [\d.]+ % for "))).count():
            offered = offers.first.inner_text()
            offers.first.click()
            expect(self.panel.get_by_role("button", name=offered)).to_be_hidden()
        expect(self.panel.get_by_role("button", name="Rebalance")).to_be_enabled()
        return reasons

    def keep_first_moves(self, count: int, name: str) -> str:
        """Tick so many moves and keep them as a scenario; what the panel said they would do."""
        for position in range(1, count + 1):
            self.panel.get_by_role("checkbox", name=f"Move {position},").check()
        chosen = self.panel.get_by_role("region", name="Chosen moves")
        keep = chosen.get_by_role("button", name=re.compile(rf"^Keep (this|these) {count} moves? as a scenario$"))
        expect(chosen.get_by_text("accounts change territory")).to_be_visible()
        said = chosen.inner_text()
        chosen.get_by_label("Name of the scenario").fill(name)
        keep.click()
        expect(self.alignment_switch).to_contain_text(name)
        self.settle()
        return said

    def open_alignment(self, name: str) -> None:
        self.alignment_switch.click()
        self.page.get_by_role("menuitem").filter(has=self.page.get_by_text(name, exact=True)).click()
        expect(self.alignment_switch).to_contain_text(name)
        self.settle()

    def open_latest_run(self) -> None:
        self.page.get_by_role("tab", name="Rebalance").click()
        self.panel.get_by_role("button", name="Open the run of").first.click()
        self.panel.get_by_role("button", name="Accept", exact=True).wait_for()

    def accept(self, name: str) -> None:
        panel = self.page.get_by_role("tabpanel")
        panel.get_by_label("Accept as scenario").fill(name)
        panel.get_by_role("button", name="Accept", exact=True).click()
        expect(self.alignment_switch).to_contain_text(name)
        self.settle()

    @property
    def alignment_switch(self) -> Locator:
        return self.page.get_by_role("button", name="Alignment:")

    def publish(self) -> None:
        self.page.get_by_role("button", name="Publish…").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Publish").click()
        dialog.wait_for(state="hidden")
        expect(self.alignment_switch).to_contain_text("Live")
        self.settle()

    def import_accounts(self, path: Path, *, within_s: float = 60) -> str:
        """Through the wizard with the suggested columns; what the result says."""
        self.go("#/import", heading="Import")
        self.page.locator("input[type=file]").first.set_input_files(path)
        self.page.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows$")).click()
        self.page.get_by_role("heading", name="What changed").wait_for(timeout=within_s * 1000)
        return self.page.locator("main").inner_text()

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the screen as it is now."""
        self.page.add_script_tag(path=AXE)
        found = self.page.evaluate("async () => (await axe.run()).violations")
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]

    def shoot(self, path: Path) -> None:
        self.page.screenshot(path=path)
