"""Where are revenue clusters underserved?"""

from balancing.answers.answer import Answer, Figure, FigureUnit, QuestionKey, Row, Verdict, ids, shapes
from balancing.findings.finding import Finding, FindingKind
from balancing.findings.look import Look
from balancing.problems.amounts import money
from workspace.wording import plural

QUESTION = "Where are revenue clusters underserved?"
_TOLD = {FindingKind.WHITE_SPACE, FindingKind.VACANT, FindingKind.UNPLOTTED}


def coverage(look: Look, findings: list[Finding]) -> Answer:
    told = sorted((f for f in findings if f.kind in _TOLD), key=lambda f: -f.money_minor)
    vacant = {f.territory_ids[0] for f in told if f.kind == FindingKind.VACANT}
    white = [f for f in told if f.kind == FindingKind.WHITE_SPACE]
    return Answer(
        key=QuestionKey.COVERAGE,
        question=QUESTION,
        verdict=Verdict.BAD if told else Verdict.GOOD,
        sentence=_say(look, told, white),
        figures=[
            Figure(
                "Accounts nobody sees", sum(f.n_accounts for f in told), FigureUnit.COUNT, "/docs/metrics/#white-space"
            ),
            Figure("Their revenue", sum(f.revenue_minor for f in told), FigureUnit.MONEY, "/docs/metrics/#white-space"),
            Figure(
                "Their potential", sum(f.potential_minor for f in told), FigureUnit.MONEY, "/docs/metrics/#white-space"
            ),
        ],
        rows_label="Potential, or revenue where none is known",
        rows_unit=FigureUnit.MONEY,
        notes_label="Accounts",
        rows=[_row(finding) for finding in told],
        finding_ids=ids(told),
        areas=shapes([f for f in told if not vacant.intersection(f.territory_ids)]),
    )


def _row(finding: Finding) -> Row:
    territory_id = finding.territory_ids[0] if finding.territory_ids else None
    shade = 1.0 if territory_id is not None else None
    note = plural(finding.n_accounts, "account")
    return Row(finding.title, finding.money_minor, note, territory_id=territory_id, finding_id=finding.id, shade=shade)


def _say(look: Look, told: list[Finding], white: list[Finding]) -> str:
    if not told:
        return "Nowhere: every account lies in a territory that has a rep."
    currency = look.alignment.workspace.currency
    sentences = []
    if white:
        total = money(sum(finding.money_minor for finding in white), currency)
        where = white[0].title.removeprefix("Nobody covers ")
        first = f", most of it around {where}" if len(white) > 1 else f": {where}"
        sentences.append(f"{total} in {plural(len(white), 'area')} that nobody covers{first}.")
    vacant = [finding for finding in told if finding.kind == FindingKind.VACANT]
    if vacant:
        has = "has" if len(vacant) == 1 else "have"
        revenue = money(sum(finding.revenue_minor for finding in vacant), currency)
        noun = "1 territory" if len(vacant) == 1 else f"{len(vacant)} territories"
        sentences.append(f"{noun} with {revenue} of revenue {has} no rep.")
    lost = sum(finding.n_accounts for finding in told if finding.kind == FindingKind.UNPLOTTED)
    if lost:
        sentences.append(f"{plural(lost, 'account')} could not be placed on the map.")
    return " ".join(sentences)
