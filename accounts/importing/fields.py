"""What a file's columns can become: the fields of accounts and of reps."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.importing.parsing import NumberStyle, Parser, degrees, fraction, money, number, text
from accounts.importing.problems import BadValue
from accounts.models import Account, ImportKind, Rep

METRIC_PREFIX = "metric:"
_METRIC_KEY = re.compile(r"metric:([a-z][a-z0-9_]{0,39})")
# Far beyond any real value, far below where sums of doubles lose hours.
EFFORT_MAX = 1_000_000.0
METRIC_MAX = 1e15
HOURS_PER_YEAR = 8784.0


@dataclass(frozen=True)
class ImportField:
    """`column` is where it is stored; empty for what is turned into something else (place, team, metric)."""

    key: str
    label: str
    kind: str
    description: str
    parser: Callable[[NumberStyle, str], Parser]
    column: str = ""
    required: bool = False

    @property
    def metric(self) -> str:
        """The key in `custom_metrics`, or nothing."""
        if self.key == "size":
            return "size"
        return self.key.removeprefix(METRIC_PREFIX) if self.key.startswith(METRIC_PREFIX) else ""


def _text(model: type[Account] | type[Rep], column: str, label: str, description: str, **options: bool) -> ImportField:
    parse = text(model._meta.get_field(column).max_length)
    return ImportField(column, label, "text", description, lambda style, currency: parse, column, **options)


def _money(key: str, label: str, description: str) -> ImportField:
    return ImportField(key, label, "money", description, money, f"{key}_minor")


def _effort(key: str, label: str, description: str) -> ImportField:
    def parser(style: NumberStyle, currency: str) -> Parser:
        return number(style, minimum=0, maximum=EFFORT_MAX, default=0.0)

    return ImportField(key, label, "number", description, parser, key)


def _degrees(key: str, label: str, maximum: float, description: str) -> ImportField:
    return ImportField(key, label, "degrees", description, lambda style, currency: degrees(maximum))


def _place(max_length: int, key: str, label: str, description: str) -> ImportField:
    return ImportField(key, label, "text", description, lambda style, currency: text(max_length))


def metric_field(key: str, label: str = "", description: str = "") -> ImportField:
    return ImportField(
        key,
        label or key.removeprefix(METRIC_PREFIX).replace("_", " ").capitalize(),
        "number",
        description or "A metric of your own; empty cells leave it out.",
        lambda style, currency: number(style, minimum=-METRIC_MAX, maximum=METRIC_MAX),
    )


def _email(value: str) -> str:
    address = str(text(Rep._meta.get_field("email").max_length)(value))
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise BadValue("is not an e-mail address", "like name@company.example") from None
    return address


_ID = "The record's id in the CRM. Kept as text: 00123 stays 00123. Unique in the file; finds the record again."

ACCOUNT_FIELDS = (
    _text(Account, "external_id", "Account id", _ID, required=True),
    _text(Account, "name", "Name", "The company's name.", required=True),
    _degrees("lat", "Latitude", 90, "Decimal degrees north, -90 to 90. With 0, 0 the address is used instead."),
    _degrees("lon", "Longitude", 180, "Decimal degrees east, -180 to 180."),
    _text(Account, "street", "Street", "Street and number."),
    _text(Account, "city", "City", "Places the account when it has neither coordinates nor a known postal code."),
    _text(Account, "region", "State or region", "Tells cities of one name apart."),
    _text(Account, "postal_code", "Postal code", "Kept as text. US codes place accounts without coordinates."),
    _text(Account, "country", "Country", "Name or ISO code."),
    _text(Account, "phone", "Phone", "As it is dialled."),
    _text(Account, "segment", "Segment", "Industry, class or size group."),
    _text(Account, "crm_owner", "CRM owner", "The rep who has the account now: id, e-mail or name."),
    _money("revenue", "Revenue", "Sales of the last year, in the workspace's currency."),
    _money("potential", "Potential", "What could be sold in a year."),
    _money("pipeline", "Pipeline", "Open opportunities."),
    _effort("visits_per_year", "Visits a year", "How often the account is to be visited."),
    _effort("service_min_per_visit", "Minutes a visit", "Time at the customer's, without travel."),
    ImportField(
        "visits_done",
        "Visits done",
        "number",
        "Visits of the last twelve months, done or planned; empty where nobody keeps count.",
        lambda style, currency: number(style, minimum=0, maximum=EFFORT_MAX),
        "visits_done",
    ),
    metric_field("size", "Size", "Employees, beds, jobs or another measure of size."),
)

REP_FIELDS = (
    _text(Rep, "external_id", "Rep id", _ID, required=True),
    _text(Rep, "name", "Name", "The rep's name.", required=True),
    ImportField("email", "E-mail", "text", "Where the rep is reached.", lambda style, currency: _email, "email"),
    _text(Rep, "phone", "Phone", "As it is dialled."),
    _place(200, "team", "Team", "A team of this workspace by its name. Left out: the first team."),
    ImportField(
        "capacity_h",
        "Capacity",
        "number",
        "Working hours a year; 1,600 where empty.",
        lambda style, currency: number(style, minimum=0, maximum=HOURS_PER_YEAR, default=1600.0),
        "capacity_h",
    ),
    ImportField(
        "field_share",
        "Field share",
        "fraction",
        "Part of the time spent in the field: 0.8 or 80 %.",
        lambda style, currency: fraction(style, default=1.0),
        "field_share",
    ),
    _degrees("lat", "Home latitude", 90, "Decimal degrees north, -90 to 90."),
    _degrees("lon", "Home longitude", 180, "Decimal degrees east, -180 to 180."),
    _place(20, "postal_code", "Home postal code", "Places the home where coordinates are missing (US)."),
    _place(200, "city", "Home city", "Places the home where coordinates and postal code are missing."),
    _place(100, "region", "Home state or region", "Tells cities of one name apart."),
    _place(60, "country", "Home country", "Name or ISO code."),
)

_FIELDS = {ImportKind.ACCOUNTS: ACCOUNT_FIELDS, ImportKind.REPS: REP_FIELDS}
PLACE_FIELDS = ("postal_code", "city", "region", "country")


def fields_of(kind: str, *, metrics: Iterable[str] = ()) -> list[ImportField]:
    """The fields on offer, with the workspace's own metrics."""
    return [*_FIELDS[ImportKind(kind)], *(metric_field(key) for key in metrics)]


def find_field(kind: str, key: str) -> ImportField | None:
    """A field by its key. For accounts `metric:<name>` is any numeric metric of one's own."""
    found = next((entry for entry in _FIELDS[ImportKind(kind)] if entry.key == key), None)
    if found is None and kind == ImportKind.ACCOUNTS and _METRIC_KEY.fullmatch(key):
        return metric_field(key)
    return found
