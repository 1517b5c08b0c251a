"""What both kinds of report are made from, read once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from accounts.cells import degrees
from accounts.metrics import METRICS, Metric
from balancing.answers.answer import Answer
from balancing.answers.everything import answers_of
from balancing.findings.everything import open_findings
from balancing.findings.finding import Finding
from balancing.findings.look import Look
from balancing.reports.words import short_money
from balancing.scorecard.card import scorecard
from territory.models import AccountAssignment, Alignment, Territory
from territory.reading.boundaries import simplify

FloatArray = NDArray[np.float64]
SIMPLIFY_M = 1500.0
GROWTH = 0.1
# More dots than these are no longer told apart on paper.
DOTS_MOST = 4000


@dataclass(frozen=True, eq=False)
class Source:
    """territories in the order of the card's rows; grounds by id, for those that have any."""

    alignment: Alignment
    card: dict[str, Any]
    territories: list[Territory]
    grounds: dict[int, BaseGeometry]
    findings: list[Finding]
    answers: list[Answer]

    @classmethod
    def of(cls, alignment: Alignment) -> "Source":
        card = scorecard(alignment)
        found = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
        by_id = {territory.pk: territory for territory in found.select_related("rep")}
        territories = [by_id[row["territory_id"]] for row in card["territories"]]
        look = Look.at(alignment)
        findings = sorted(open_findings(look), key=lambda finding: (-finding.money_minor, finding.id))
        return cls(
            alignment=alignment,
            card=card,
            territories=territories,
            grounds=_grounds(territories),
            findings=findings,
            answers=answers_of(look, findings, growth_rate=GROWTH),
        )

    @property
    def currency(self) -> str:
        return self.alignment.workspace.currency

    def said(self, metric: Metric, value: float | None) -> str:
        """A metric's value in words of its unit."""
        if value is None:
            return "–"
        if metric.is_money:
            return f"{self.short(value)} {self.currency}"
        return f"{value:,.0f} h" if metric.unit == "h/year" else f"{value:,.0f}"

    def short(self, minor: float) -> str:
        """Money in little room: `14.7M`; its currency stands in the column's head."""
        return short_money(minor, self.currency)

    def summary(self, key: str) -> dict[str, Any]:
        return next(row for row in self.card["metrics"] if row["key"] == key)

    @property
    def metrics(self) -> list[Metric]:
        """Those that are not zero everywhere."""
        return [metric for metric in METRICS if self.summary(metric.key)["total"] > 0]

    def assignments(self, territory_id: int) -> QuerySet[AccountAssignment]:
        return AccountAssignment.objects.filter(
            workspace_id=self.alignment.workspace_id, alignment=self.alignment, territory_id=territory_id
        )

    def dots(self, territory_id: int) -> FloatArray:
        """(N, 2) degrees: its accounts, evenly thinned to what paper can show."""
        rows = self.assignments(territory_id).filter(mercator_x__isnull=False).order_by("cell")
        squares = np.array(list(rows.values_list("mercator_x", "mercator_y")), dtype=np.int64).reshape(-1, 2)
        squares = squares[:: max(1, -(-len(squares) // DOTS_MOST))]
        return np.column_stack(degrees(squares[:, 0], squares[:, 1]))


def _grounds(territories: list[Territory]) -> dict[int, BaseGeometry]:
    drawn = [territory for territory in territories if territory.boundary is not None and not territory.boundary.empty]
    shapes = simplify([shapely.from_wkb(bytes(territory.boundary.wkb)) for territory in drawn], SIMPLIFY_M)
    return {territory.pk: shape for territory, shape in zip(drawn, shapes, strict=True)}
