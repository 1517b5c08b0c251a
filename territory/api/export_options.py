"""The query parameters of an export, checked against what the format takes."""

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes
from rest_framework.request import Request

from territory.api.fields import ID_MAX
from territory.exports.formats import ExportFormat, Option, Options
from territory.exports.registry import prepare_export
from territory.models import Alignment
from territory.operations.planned import require_basis, territories_of
from workspace.exceptions import Invalid

ID_DIGITS_MAX = len(str(ID_MAX))
TERRITORIES_MAX = 2_000
COLUMNS_MAX = 500
PER_TERRITORY = "territory"

PARAMETERS = [
    OpenApiParameter(
        "columns", OpenApiTypes.STR, description="Keys of columns with commas between them. The account's id always is."
    ),
    OpenApiParameter(
        "changed_since",
        OpenApiTypes.STR,
        description=(
            "ISO date or date and time (the workspace's zone where none is given): only accounts whose own data, "
            "territory or rep changed since."
        ),
    ),
    OpenApiParameter(
        "against",
        OpenApiTypes.INT64,
        description="Id of another alignment: only accounts whose territory code or rep differs from there.",
    ),
    OpenApiParameter(
        "territory", OpenApiTypes.STR, description="Ids of territories with commas between them: only these."
    ),
    OpenApiParameter(
        "sheets", OpenApiTypes.STR, enum=[PER_TERRITORY], description="`territory`: one sheet per territory."
    ),
]


def find_alignment(request: Request, name: str) -> Alignment:
    """One the member may see; a foreign id answers like one that does not exist."""
    text = request.query_params.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX and int(text) <= ID_MAX):
        raise Http404
    found = Alignment.objects.visible_to(request.member).select_related("workspace").filter(pk=int(text)).first()
    if found is None:
        raise Http404
    return found


def parse_options(request: Request, chosen: ExportFormat, alignment: Alignment) -> Options:
    """What was asked for, as far as the format takes it and the alignment has it."""
    given = [option for option in Option if request.query_params.get(option)]
    for option in given:
        if option not in chosen.options:
            takes = ", ".join(sorted(chosen.options)) or "none"
            raise Invalid.field(option, f"{chosen.key} does not take this option; it takes: {takes}")
    if chosen.basis is not None:
        require_basis(alignment, chosen.basis)
    values: dict[str, Any] = {}
    for option in given:
        values |= _PARSERS[option](request, alignment)
    return prepare_export(chosen, alignment, Options(**values))


def _columns(request: Request, alignment: Alignment) -> dict[str, Any]:
    return {"columns": frozenset(_listed(request, Option.COLUMNS, most=COLUMNS_MAX))}


def _changed_since(request: Request, alignment: Alignment) -> dict[str, Any]:
    text = request.query_params[Option.CHANGED_SINCE].strip()
    try:
        # A plus sign in an address is a blank unless it is written %2B.
        moment = parse_datetime(text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text)
        day = parse_date(text) if moment is None else None
        if moment is None and day is not None:
            moment = datetime.datetime.combine(day, datetime.time())
        if moment is not None and timezone.is_naive(moment):
            moment = timezone.make_aware(moment, ZoneInfo(alignment.workspace.time_zone))
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        problem = "must be a date like 2026-01-31 or a moment like 2026-01-31T08:00:00Z"
        raise Invalid.field("changed_since", problem, value=text[:60])
    return {"changed_since": moment}


def _against(request: Request, alignment: Alignment) -> dict[str, Any]:
    against = find_alignment(request, Option.AGAINST)
    if against.pk == alignment.pk:
        raise Invalid.field("against", "is the alignment itself; name another one")
    return {"against": against}


def _territory(request: Request, alignment: Alignment) -> dict[str, Any]:
    ids = []
    for text in _listed(request, Option.TERRITORY, most=TERRITORIES_MAX):
        if not (text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX and int(text) <= ID_MAX):
            raise Invalid.field("territory", "must be ids with commas between them", value=text[:60])
        ids.append(int(text))
    territories_of(alignment, ids, field="territory")
    return {"territory_ids": tuple(ids)}


def _sheets(request: Request, alignment: Alignment) -> dict[str, Any]:
    if (text := request.query_params[Option.SHEETS]) != PER_TERRITORY:
        raise Invalid.field("sheets", f"must be {PER_TERRITORY!r}", value=text[:60])
    return {"sheet_per_territory": True}


def _listed(request: Request, option: Option, *, most: int) -> list[str]:
    listed = [part.strip() for part in request.query_params[option].split(",") if part.strip()]
    if len(listed) > most:
        raise Invalid.field(option, "names too many", value=len(listed), bound=most)
    return list(dict.fromkeys(listed))


_PARSERS: dict[Option, Callable[[Request, Alignment], dict[str, Any]]] = {
    Option.COLUMNS: _columns,
    Option.CHANGED_SINCE: _changed_since,
    Option.AGAINST: _against,
    Option.TERRITORY: _territory,
    Option.SHEETS: _sheets,
}
