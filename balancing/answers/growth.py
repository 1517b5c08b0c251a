"""How should we adjust for growth?"""

import math

from balancing.answers.answer import Answer, Figure, FigureUnit, QuestionKey, Row, Verdict
from balancing.findings.look import Look
from balancing.scorecard.card import known
from workspace.wording import plural

QUESTION = "How should we adjust for growth?"
NAMED = 2


def growth(look: Look, rate: float) -> Answer:
    """rate: expected demand, as a fraction more than today; every territory's hours grow alike.

    Hires = ⌈(needed h × (1 + rate) − hours of the reps) ÷ mean hours of a rep⌉, at least 0.
    """
    capacities_h = look.balance.capacities_h[look.balance.capacities_h > 0]
    needed_h = (look.total("workload") + look.total("travel")) * (1 + rate)
    if not len(capacities_h) or needed_h <= 0:
        return _answer(Verdict.UNKNOWN, "Nothing can be said: no hours of reps, or no visits, are known.", [], [])
    available_h, mean_h = float(capacities_h.sum()), float(capacities_h.mean())
    missing = (needed_h - available_h) / mean_h
    hires = max(0, math.ceil(missing - 1e-9))
    rows = _rows(look, rate)
    figures = [
        Figure(
            "Growth until hours run out",
            max(available_h / needed_h * (1 + rate) - 1, -1.0),
            FigureUnit.FRACTION,
            "/docs/metrics/#growth",
        ),
        Figure("Hours needed then", needed_h, FigureUnit.HOURS, "/docs/metrics/#growth"),
        Figure("Hours of the reps", available_h, FigureUnit.HOURS, "/docs/metrics/#growth"),
        Figure("Reps missing", max(missing, 0.0), FigureUnit.REPS, "/docs/metrics/#growth"),
    ]
    verdict = Verdict.GOOD if hires == 0 else Verdict.MIXED if hires == 1 else Verdict.BAD
    return _answer(verdict, _say(look, rate, hires, needed_h / available_h, rows), figures, rows)


def _answer(verdict: Verdict, sentence: str, figures: list[Figure], rows: list[Row]) -> Answer:
    return Answer(
        key=QuestionKey.GROWTH,
        question=QUESTION,
        verdict=verdict,
        sentence=sentence,
        figures=figures,
        rows_label="Hours beyond the rep's",
        rows_unit=FigureUnit.HOURS,
        notes_label="Hours",
        rows=rows,
    )


def _rows(look: Look, rate: float) -> list[Row]:
    """Where hours are missing most, first; a vacant territory lacks all that it needs."""
    rows = []
    for k, territory in enumerate(look.territories):
        needed_h = look.needed_h(k) * (1 + rate)
        has_h = known(look.balance.capacities_h[k]) or 0.0
        note = f"{needed_h:,.0f} of {has_h:,.0f} h" if has_h else f"{needed_h:,.0f} h, no rep"
        shade = needed_h / has_h - 1 if has_h else 1.0
        rows.append(Row(territory.name, needed_h - has_h, note, territory_id=territory.pk, shade=shade))
    return sorted(rows, key=lambda row: -(row.value or 0.0))


def _say(look: Look, rate: float, hires: int, use: float, rows: list[Row]) -> str:
    demand = f"With {100 * rate:.0f} % more demand" if rate else "With the demand of today"
    first = " and ".join(row.label for row in rows[:NAMED] if (row.value or 0.0) > 0)
    n_vacant = sum(territory.rep_id is None for territory in look.territories)
    if hires == 0:
        rest = f" Move work away from {first}, which ask for more hours than they have." if first else ""
        return f"{demand} the reps' hours suffice: visits and travel need {100 * use:.0f} % of them.{rest}"
    fill = f", the vacant {'territory' if n_vacant == 1 else 'territories'} first" if n_vacant else ""
    where = f" Hours are missing most in {first}." if first else ""
    need = f"visits and travel need {100 * use:.0f} % of the reps' hours"
    return f"{demand} {need}: add {plural(hires, 'rep')}{fill}.{where}"
