"""The shape of an answer, whatever the question."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models

from balancing.findings.finding import Finding


class QuestionKey(models.TextChoices):
    OPPORTUNITY = "opportunity"
    WORKLOAD = "workload"
    COVERAGE = "coverage"
    OVERLAP = "overlap"
    GROWTH = "growth"


class Verdict(models.TextChoices):
    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"
    UNKNOWN = "unknown"


class FigureUnit(models.TextChoices):
    COUNT = "count"
    FRACTION = "fraction"
    MONEY = "money"
    HOURS = "hours"
    INDEX = "index"
    RATIO = "ratio"
    REPS = "reps"


@dataclass(frozen=True)
class Figure:
    """A figure beside the sentence; money in minor units, None where there is none."""

    label: str
    value: float | None
    unit: FigureUnit
    formula_url: str


@dataclass(frozen=True)
class Row:
    """One line of the answer's table. shade: what the little map colours the territory by, 0 being right."""

    label: str
    value: float | None
    note: str = ""
    territory_id: int | None = None
    finding_id: str | None = None
    shade: float | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    key: QuestionKey
    question: str
    verdict: Verdict
    sentence: str
    figures: list[Figure]
    rows_label: str
    rows_unit: FigureUnit
    notes_label: str
    rows: list[Row]
    finding_ids: list[str] = field(default_factory=list)
    areas: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def ids(findings: list[Finding]) -> list[str]:
    return [finding.id for finding in findings]


def shapes(findings: list[Finding]) -> list[dict[str, Any]]:
    """Their outlines as GeoJSON geometries, where they have one."""
    outlines = (finding.as_dict(0)["geometry"] for finding in findings)
    return [outline for outline in outlines if outline]
