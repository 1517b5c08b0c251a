"""All findings of an alignment, ranked by the money they touch; those that were accepted come last."""

from datetime import date
from typing import Any

from django.utils import timezone

from balancing.findings.capacity import find_capacity
from balancing.findings.coarse_unit import find_coarse_units
from balancing.findings.exceptions import find_exceptions
from balancing.findings.finding import Finding
from balancing.findings.load import find_loads
from balancing.findings.look import Look
from balancing.findings.out_of_band import find_out_of_band
from balancing.findings.overlap import find_overlaps
from balancing.findings.single_account import find_single_accounts
from balancing.findings.split import find_splits
from balancing.findings.travel_burden import find_travel_burdens
from balancing.findings.under_covered import find_under_covered
from balancing.findings.unplotted import find_unplotted
from balancing.findings.vacant import find_vacant
from balancing.findings.white_space import find_white_space
from balancing.models import AcceptedFinding
from territory.models import Alignment

FINDERS = (
    find_loads,
    find_overlaps,
    find_white_space,
    find_vacant,
    find_splits,
    find_unplotted,
    find_out_of_band,
    find_travel_burdens,
    find_capacity,
    find_single_accounts,
    find_coarse_units,
    find_exceptions,
    find_under_covered,
)
_CODE_SHOWN = 80


def find_all(alignment: Alignment) -> list[dict[str, Any]]:
    look = Look.at(alignment)
    accepted = _accepted(alignment, timezone.localdate())
    rows = [(finding, accepted.get(subject_of(finding, look))) for finding in _found(look)]
    rows.sort(key=lambda row: (row[1] is not None, -row[0].money_minor, row[0].id))
    return [finding.as_dict(look.all_revenue_minor) | {"accepted": _told(how)} for finding, how in rows]


def open_findings(look: Look) -> list[Finding]:
    """Those that nobody has accepted, in no order."""
    accepted = _accepted(look.alignment, timezone.localdate())
    return [finding for finding in _found(look) if subject_of(finding, look) not in accepted]


def find_subject(alignment: Alignment, finding_id: str) -> tuple[Finding, str] | None:
    """The finding of that id with what it is about; None where it is gone by now."""
    look = Look.at(alignment)
    return next(((one, subject_of(one, look)) for one in _found(look) if one.id == finding_id), None)


def subject_of(finding: Finding, look: Look) -> str:
    """What it is about, in words that copies of the alignment share: codes of territories, not their ids."""
    if finding.subject or not finding.territory_ids:
        return finding.subject or finding.id
    code_of = {territory.pk: territory.code or territory.name for territory in look.territories}
    codes = sorted(code_of[pk][:_CODE_SHOWN] for pk in finding.territory_ids)
    return f"{finding.kind}: {', '.join(codes)}"


def _found(look: Look) -> list[Finding]:
    return [finding for find in FINDERS for finding in find(look)]


def _accepted(alignment: Alignment, today: date) -> dict[str, AcceptedFinding]:
    """By subject; those whose day has passed are findings like any other again."""
    rows = AcceptedFinding.objects.filter(workspace_id=alignment.workspace_id, team_id=alignment.team_id)
    rows = rows.select_related("member__user")
    return {row.subject: row for row in rows if row.until is None or row.until >= today}


def _told(accepted: AcceptedFinding | None) -> dict[str, Any] | None:
    if accepted is None:
        return None
    by = accepted.member.user.name
    return {"reason": accepted.reason, "until": accepted.until, "by": by, "at": accepted.accepted_at}
