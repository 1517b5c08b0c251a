"""Who hands over what to whom when one alignment follows another, as a workbook: with a list per rep to call from.

Figures are those the accounts have today. An account that nobody had and nobody gets is no hand-over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from django.db import connection

from territory.exports.amounts import major_units
from territory.exports.assignment_columns import Cell
from territory.exports.formats import ExportFormat, Option, Options
from territory.exports.rows import read_in_chunks
from territory.exports.workbook import CONTENT_TYPE, Book, Table, check_sheets, write_workbook
from territory.models import Alignment, AlignmentState
from workspace.exceptions import Invalid

NOBODY = "nobody"
_FROM = """
FROM accounts_account a
LEFT JOIN territory_accountassignment s
  ON s.workspace_id = a.workspace_id AND s.alignment_id = %(alignment)s AND s.account_id = a.id
LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
LEFT JOIN territory_accountassignment ps
  ON ps.workspace_id = a.workspace_id AND ps.alignment_id = %(against)s AND ps.account_id = a.id
LEFT JOIN territory_territory pt ON pt.workspace_id = ps.workspace_id AND pt.id = ps.territory_id
LEFT JOIN accounts_rep pr ON pr.workspace_id = pt.workspace_id AND pr.id = pt.rep_id
WHERE a.workspace_id = %(workspace)s
"""
_FLOWS = f"""
SELECT pr.external_id, pr.name, r.external_id, r.name, count(*), sum(a.revenue_minor)::bigint,
    sum(a.visits_per_year * a.service_min_per_visit / 60)
{_FROM} AND (r.id IS NOT NULL OR pr.id IS NOT NULL)
GROUP BY pr.id, r.id ORDER BY pr.name NULLS LAST, pr.id, r.name NULLS LAST, r.id
"""
_HAND_OVERS = f"""
SELECT r.external_id, r.name, pr.external_id, pr.name, pr.email, pr.phone, a.external_id, a.name, a.city, a.region,
    a.phone, a.crm_owner, pt.name, t.name, a.revenue_minor, a.visits_per_year * a.service_min_per_visit / 60
{_FROM} AND r.id IS DISTINCT FROM pr.id
ORDER BY r.name NULLS LAST, r.id, pr.name NULLS LAST, pr.id, a.revenue_minor DESC, a.id
"""
_FIGURES = ("accounts", "revenue", "hours a year")
SUMMARY_HEADER = (
    "Rep", "Rep id", "Keeps accounts", *(f"Gets {figure}" for figure in _FIGURES), "From",
    *(f"Gives {figure}" for figure in _FIGURES), "To",
)  # fmt: skip
HAND_OVERS_HEADER = (
    "Account id", "Account", "City", "State or region", "Phone", "CRM owner", "Old rep id", "Old rep", "New rep id",
    "New rep", "Old territory", "New territory", "Revenue", "Hours a year",
)  # fmt: skip
INTRODUCTIONS_HEADER = (
    "Account id", "Account", "City", "State or region", "Phone", "Introduced by", "Their e-mail", "Their phone",
    "New territory", "Revenue", "Hours a year",
)  # fmt: skip


class Flow(NamedTuple):
    """What goes from one rep to another, or stays; a rep is (external id, name)."""

    giver: tuple[str | None, str | None]
    taker: tuple[str | None, str | None]
    n_accounts: int
    revenue_minor: int
    workload_h: float


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    return write_workbook(partial(_fill, alignment=alignment, options=options))


def prepare(alignment: Alignment, options: Options) -> Options:
    n_takers = alignment.territories.exclude(rep=None).values("rep").distinct().count()
    check_sheets(n_takers, what="reps", instead="Take the assignments with “against” in place of it.")
    against = options.against or alignment_before(alignment)
    if against is None:
        raise Invalid.field("against", "name the alignment that this one follows; nothing tells which one it is")
    return replace(options, against=against)


def alignment_before(alignment: Alignment) -> Alignment | None:
    """What the team has in force; for what is in force itself, what was before it, else what it was made from."""
    of_team = Alignment.objects.filter(workspace_id=alignment.workspace_id, team_id=alignment.team_id)
    if alignment.state != AlignmentState.LIVE and alignment.published_at is None:
        return of_team.filter(state=AlignmentState.LIVE).first()
    earlier = of_team.filter(published_at__lt=alignment.published_at).order_by("-published_at").first()
    return earlier or alignment.parent


def _fill(book: Book, *, alignment: Alignment, options: Options) -> None:
    parameters = {
        "workspace": alignment.workspace_id,
        "alignment": alignment.pk,
        "against": options.against and options.against.pk,
    }
    currency = alignment.workspace.currency
    _write_summary(book, _flows(parameters), currency)
    _write_hand_overs(book, parameters, currency)
    about = Table(book, "About", ("What", "Value"))
    about.write(_about(alignment, options))


def _about(alignment: Alignment, options: Options) -> list[tuple[str, Cell]]:
    effective = alignment.effective_date
    return [
        ("Alignment", alignment.name),
        ("State", AlignmentState(alignment.state).label),
        ("Revision", alignment.revision),
        ("Follows", options.against and options.against.name),
        ("Takes effect on", effective.isoformat() if effective else "no date yet"),
        ("Currency", alignment.workspace.currency),
    ]


def _flows(parameters: dict[str, Any]) -> list[Flow]:
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, parameters)
        return [Flow((row[0], row[1]), (row[2], row[3]), *row[4:]) for row in cursor.fetchall()]


def _write_summary(book: Book, flows: list[Flow], currency: str) -> None:
    table = Table(book, "Summary", SUMMARY_HEADER)
    reps = {rep for flow in flows for rep in (flow.giver, flow.taker) if rep[0] is not None}
    for rep in sorted(reps, key=lambda rep: (rep[1] or "", rep[0] or "")):
        kept = sum(flow.n_accounts for flow in flows if flow.giver == rep == flow.taker)
        gains = [flow for flow in flows if flow.taker == rep != flow.giver]
        losses = [flow for flow in flows if flow.giver == rep != flow.taker]
        gained = [*_sums(gains, currency), _named((flow.giver[1], flow.n_accounts) for flow in gains)]
        lost = [*_sums(losses, currency), _named((flow.taker[1], flow.n_accounts) for flow in losses)]
        table.write([[rep[1], rep[0], kept, *gained, *lost]])


def _sums(flows: list[Flow], currency: str) -> list[Cell]:
    return [
        sum(flow.n_accounts for flow in flows),
        major_units(sum(flow.revenue_minor for flow in flows), currency),
        sum(flow.workload_h for flow in flows),
    ]


def _named(shares: Iterable[tuple[str | None, int]]) -> str | None:
    """“Ines (12), nobody (3)”, the most first."""
    return ", ".join(f"{name or NOBODY} ({n:,})" for name, n in sorted(shares, key=lambda share: -share[1])) or None


def _write_hand_overs(book: Book, parameters: dict[str, Any], currency: str) -> None:
    """One table of all, and for each rep who gets accounts one to call from; the rows come in the order of reps."""
    table = Table(book, "Hand-overs", HAND_OVERS_HEADER)
    introductions: Table | None = None
    current: str | None = None
    for chunk in read_in_chunks(_HAND_OVERS, parameters):
        for row in chunk:
            (new_id, new, old_id, old, email, phone, *account, crm_owner, old_territory, territory, minor, hours) = row
            revenue = major_units(minor, currency)
            table.write([[*account, crm_owner, old_id, old, new_id, new, old_territory, territory, revenue, hours]])
            if new_id != current:
                current = new_id
                introductions = Table(book, new, INTRODUCTIONS_HEADER) if new_id is not None else None
            if introductions is not None:
                introductions.write([[*account, old or NOBODY, email, phone, territory, revenue, hours]])


FORMAT = ExportFormat(
    key="transition.xlsx",
    label="Transition (Excel)",
    description=(
        "Who hands over what to whom when this alignment follows another: a summary per rep, every hand-over, and for "
        "each rep who gets accounts a list to call from."
    ),
    content_type=CONTENT_TYPE,
    write=write,
    options=frozenset({Option.AGAINST}),
    prepare=prepare,
)
