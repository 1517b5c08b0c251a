"""All five answers about one alignment, from one look at it."""

from typing import Any

from balancing.answers.answer import Answer
from balancing.answers.coverage import coverage
from balancing.answers.growth import growth
from balancing.answers.opportunity import opportunity
from balancing.answers.overlap import overlap
from balancing.answers.workload import workload
from balancing.findings.everything import open_findings
from balancing.findings.finding import Finding
from balancing.findings.look import Look
from balancing.scorecard.balance import data_date
from territory.models import Alignment


def answer_all(alignment: Alignment, *, growth_rate: float) -> dict[str, Any]:
    """growth_rate: expected demand, as a fraction more than today. Findings that were accepted are left out."""
    look = Look.at(alignment)
    answers = answers_of(look, open_findings(look), growth_rate=growth_rate)
    return {
        "alignment_id": alignment.pk,
        "revision": alignment.revision,
        "data_date": data_date(alignment.workspace_id),
        "currency": alignment.workspace.currency,
        "growth": growth_rate,
        "answers": [answer.as_dict() for answer in answers],
    }


def answers_of(look: Look, findings: list[Finding], *, growth_rate: float) -> list[Answer]:
    return [
        opportunity(look),
        workload(look, findings),
        coverage(look, findings),
        overlap(look, findings),
        growth(look, growth_rate),
    ]
