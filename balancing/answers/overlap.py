"""Where do territories overlap unnecessarily?"""

from django.db import connection

from balancing.answers.answer import Answer, Figure, FigureUnit, QuestionKey, Row, Verdict, ids, shapes
from balancing.findings.finding import Finding, FindingKind
from balancing.findings.load import load_metric
from balancing.findings.look import Look
from balancing.problems.amounts import money
from balancing.scorecard.balance import COLUMN
from territory.models import Basis
from workspace.wording import plural

QUESTION = "Where do territories overlap unnecessarily?"

# Accounts whose owner in the CRM is another rep of the team than the one whose territory they lie in.
_MISOWNED = """
SELECT count(*), coalesce(sum(s.revenue_minor), 0)
FROM territory_accountassignment s
JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
JOIN accounts_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s AND a.crm_owner NOT IN (r.name, r.external_id)
  AND a.crm_owner IN (
    SELECT unnest(ARRAY[o.name, o.external_id]) FROM accounts_rep o
    WHERE o.workspace_id = %(workspace)s AND o.team_id = %(team)s
  )
"""


def overlap(look: Look, findings: list[Finding]) -> Answer:
    told = [finding for finding in findings if finding.kind == FindingKind.OVERLAP]
    n_misowned, misowned_minor = _misowned(look)
    return Answer(
        key=QuestionKey.OVERLAP,
        question=QUESTION,
        verdict=Verdict.BAD if told else Verdict.MIXED if n_misowned else Verdict.GOOD,
        sentence=f"{_say(look, told)} {_say_misowned(look, n_misowned, misowned_minor)}".strip(),
        figures=[
            Figure(
                "Accounts claimed twice", sum(f.n_accounts for f in told), FigureUnit.COUNT, "/docs/metrics/#overlap"
            ),
            Figure("Their revenue", sum(f.revenue_minor for f in told), FigureUnit.MONEY, "/docs/metrics/#overlap"),
            Figure("Accounts another rep owns in the CRM", n_misowned, FigureUnit.COUNT, "/docs/metrics/#overlap"),
        ],
        rows_label="Revenue claimed twice",
        rows_unit=FigureUnit.MONEY,
        notes_label="Suggestion",
        rows=[_row(look, finding) for finding in told],
        finding_ids=ids(told),
        areas=shapes(told),
    )


def _misowned(look: Look) -> tuple[int, int]:
    alignment = look.alignment
    values = {"workspace": alignment.workspace_id, "alignment": alignment.pk, "team": alignment.team_id}
    with connection.cursor() as cursor:
        cursor.execute(_MISOWNED, values)
        n_accounts, revenue_minor = cursor.fetchone()
    return int(n_accounts), int(revenue_minor)


def _row(look: Look, finding: Finding) -> Row:
    """Suggested: the one of the two with the lower load."""
    column = COLUMN[load_metric(look)]
    deviation = {t.pk: float(look.balance.deviations[k, column]) for k, t in enumerate(look.territories)}
    name = {territory.pk: territory.name for territory in look.territories}
    keeper = min(finding.territory_ids, key=lambda pk: deviation[pk])
    note = f"{plural(finding.n_accounts, 'account')}; {name[keeper]} has the lower load"
    return Row(finding.title, finding.revenue_minor, note, finding_id=finding.id)


def _say(look: Look, told: list[Finding]) -> str:
    if told:
        n_accounts = sum(finding.n_accounts for finding in told)
        revenue = money(sum(finding.revenue_minor for finding in told), look.alignment.workspace.currency)
        places = "in 1 place" if len(told) == 1 else f"in {len(told)} places"
        are = "is" if n_accounts == 1 else "are"
        return f"Boundaries overlap {places}: {plural(n_accounts, 'account')} with {revenue} {are} claimed twice."
    if look.alignment.basis == Basis.UNITS:
        return "Nowhere on the map: territories made of whole units cannot overlap."
    return "Nowhere: no two boundaries share ground with accounts."


def _say_misowned(look: Look, n_accounts: int, revenue_minor: int) -> str:
    if not n_accounts:
        return ""
    revenue = money(revenue_minor, look.alignment.workspace.currency)
    belong = "belongs" if n_accounts == 1 else "belong"
    return f"In the CRM {plural(n_accounts, 'account')} with {revenue} still {belong} to another rep of the team."
