"""Which reps carry disproportionate workload?"""

from balancing.answers.answer import Answer, Figure, FigureUnit, QuestionKey, Row, Verdict, ids
from balancing.findings.finding import Finding, FindingKind
from balancing.findings.load import load_metric
from balancing.findings.look import Look
from balancing.problems.amounts import named
from balancing.scorecard.balance import COLUMN
from balancing.scorecard.card import known

QUESTION = "Which reps carry disproportionate workload?"
_TOLD = {FindingKind.OVERLOADED, FindingKind.IDLE, FindingKind.TRAVEL_BURDEN}


def workload(look: Look, findings: list[Finding]) -> Answer:
    told = [finding for finding in findings if finding.kind in _TOLD]
    key = load_metric(look)
    needed_h = look.total("workload") + look.total("travel")
    return Answer(
        key=QuestionKey.WORKLOAD,
        question=QUESTION,
        verdict=_judge(told),
        sentence=_say(look, told),
        figures=[
            Figure(
                "Balance index of the load",
                known(look.balance.index(key)),
                FigureUnit.INDEX,
                "/docs/metrics/#balance-index",
            ),
            Figure(
                "Largest deviation", known(look.balance.worst(key)), FigureUnit.FRACTION, "/docs/metrics/#deviation"
            ),
            Figure("Hours needed a year", needed_h, FigureUnit.HOURS, "/docs/metrics/#workload"),
        ],
        rows_label="Load beside target",
        rows_unit=FigureUnit.FRACTION,
        notes_label="Hours",
        rows=sorted(_rows(look), key=lambda row: -(row.value or 0.0)),
        finding_ids=ids(told),
    )


def _judge(told: list[Finding]) -> Verdict:
    if any(finding.kind == FindingKind.OVERLOADED for finding in told):
        return Verdict.BAD
    return Verdict.MIXED if told else Verdict.GOOD


def _rows(look: Look) -> list[Row]:
    deviations = look.balance.deviations[:, COLUMN[load_metric(look)]]
    return [
        Row(
            f"{territory.rep.name}, {territory.name}" if territory.rep else f"Nobody, {territory.name}",
            known(float(deviations[k])),
            _hours(look, k),
            territory_id=territory.pk,
            shade=known(float(deviations[k])),
        )
        for k, territory in enumerate(look.territories)
    ]


def _hours(look: Look, k: int) -> str:
    capacity_h = known(look.balance.capacities_h[k])
    if not capacity_h:
        return f"{look.needed_h(k):,.0f} h"
    return f"{look.needed_h(k):,.0f} of {capacity_h:,.0f} h"


def _say(look: Look, told: list[Finding]) -> str:
    over = _names(look, told, FindingKind.OVERLOADED)
    idle = _names(look, told, FindingKind.IDLE)
    road = _names(look, told, FindingKind.TRAVEL_BURDEN)
    parts = [
        f"{named(over)} {_verb(over)} too much" if over else "",
        f"{named(idle)} {'has' if len(idle) == 1 else 'have'} room" if idle else "",
        f"{named(road)} {'is' if len(road) == 1 else 'are'} on the road too much" if road else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said}." if said else "Nobody: every load lies within its band."


def _verb(names: list[str]) -> str:
    return "carries" if len(names) == 1 else "carry"


def _names(look: Look, told: list[Finding], kind: FindingKind) -> list[str]:
    rep_of = {territory.pk: territory.rep.name if territory.rep else territory.name for territory in look.territories}
    return [rep_of[finding.territory_ids[0]] for finding in told if finding.kind == kind]
