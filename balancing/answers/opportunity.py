"""Are territories balanced by opportunity, not just by geography?"""

import numpy as np

from accounts.metrics import METRIC_BY_KEY
from balancing.answers.answer import Answer, Figure, FigureUnit, QuestionKey, Row, Verdict
from balancing.findings.look import Look
from balancing.formulas import spread
from balancing.scorecard.balance import COLUMN
from balancing.scorecard.card import known

QUESTION = "Are territories balanced by opportunity, not just geography?"
# Below this part of territories inside the band, the answer is no.
MOST = 0.75


def opportunity(look: Look) -> Answer:
    """Potential; revenue, and said so, where no potential is known."""
    key = "potential" if look.total("potential") > 0 else "revenue"
    column = COLUMN[key]
    balance = look.balance
    tolerance = float(balance.tolerances[column])
    deviations = balance.deviations[:, column]
    inside = int((spread.in_band(deviations, tolerance) & ~np.isnan(deviations)).sum())
    verdict, sentence = _say(look, key, deviations, inside, tolerance)
    values = balance.values[:, column]
    areas_m2 = np.array([territory.area_m2 for territory in look.territories], dtype=np.float64)
    order = np.argsort(-np.abs(np.nan_to_num(deviations)), kind="stable").tolist()
    return Answer(
        key=QuestionKey.OPPORTUNITY,
        question=QUESTION,
        verdict=verdict,
        sentence=sentence,
        figures=[
            Figure(
                f"Balance index of {key}", known(balance.index(key)), FigureUnit.INDEX, "/docs/metrics/#balance-index"
            ),
            Figure(f"Gini of {key}", known(spread.gini(values)), FigureUnit.RATIO, "/docs/metrics/#spread"),
            Figure(
                "Largest ÷ smallest area",
                known(spread.max_min_ratio(areas_m2)),
                FigureUnit.RATIO,
                "/docs/metrics/#spread",
            ),
        ],
        rows_label=f"{METRIC_BY_KEY[key].label} beside target",
        rows_unit=FigureUnit.FRACTION,
        notes_label="Area",
        rows=[_row(look, k, float(deviations[k])) for k in order],
    )


def _say(look: Look, key: str, deviations: np.ndarray, inside: int, tolerance: float) -> tuple[Verdict, str]:
    count = len(look.territories)
    worst = spread.worst(deviations)
    if worst is None:
        return Verdict.UNKNOWN, "Nothing can be said: no account in a territory has potential or revenue."
    band = f"±{100 * tolerance:.0f} %"
    stands_in = "No potential is known, so revenue stands in for it. " if key == "revenue" else ""
    if inside == count:
        return Verdict.GOOD, f"{stands_in}Yes: {key} lies within {band} of its target in all {count} territories."
    size, side = abs(float(deviations[worst])), "above" if deviations[worst] > 0 else "below"
    furthest = f"{look.territories[worst].name} is furthest off, {100 * size:.0f} % {side} target"
    verdict, word = (Verdict.MIXED, "Mostly") if inside >= MOST * count else (Verdict.BAD, "No")
    return verdict, f"{stands_in}{word}: {key} lies within {band} in {inside} of {count} territories. {furthest}."


def _row(look: Look, k: int, deviation: float) -> Row:
    territory = look.territories[k]
    area = f"{territory.area_m2 / 1e6:,.0f} km²" if territory.area_m2 else ""
    return Row(territory.name, known(deviation), area, territory_id=territory.pk, shade=known(deviation))
