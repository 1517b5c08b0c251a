"""What a checked file is merged into: for each kind of record its staged columns, and how they reach its table."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, ForeignKey, GeneratedField

from accounts.importing.fields import PLACE_FIELDS, ImportField
from accounts.importing.places import Places, place_rows
from accounts.importing.rows import Checked
from accounts.models import Account, ImportKind, Rep

_TYPES = {"text": "text", "money": "bigint", "number": "double precision", "fraction": "double precision"}
_POINT = "ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326)"
_GRID = {"cell": "bigint", "mercator_x": "integer", "mercator_y": "integer"}


@dataclass(frozen=True)
class Assignment:
    """One column of the table: its value from staged row `s`, and what an existing row `t` takes from EXCLUDED."""

    column: str
    value: str
    update: str | None = None


@dataclass(frozen=True)
class Target:
    """Derived from a mapping. SQL here is built from names of our own fields only."""

    kind: str
    fields: tuple[ImportField, ...]

    @property
    def model(self) -> type[Account] | type[Rep]:
        return Account if self.kind == ImportKind.ACCOUNTS else Rep

    @property
    def metric_keys(self) -> list[str]:
        return [entry.metric for entry in self.fields if entry.metric]

    @property
    def _keys(self) -> set[str]:
        return {entry.key for entry in self.fields}

    def staged_columns(self) -> dict[str, str]:
        """{name: type} of the staging table."""
        columns = {entry.column: _TYPES[entry.kind] for entry in self.fields if entry.column}
        columns |= {"lon": "double precision", "lat": "double precision"}
        if self.kind == ImportKind.REPS:
            return columns | ({"team_id": "bigint"} if "team" in self._keys else {})
        return columns | _GRID | {"geocode_quality": "text", "custom_metrics": "jsonb"}

    def derive(self, checked: Checked, *, home_country: str | None) -> dict[str, list[Any]]:
        """The staged columns of checked rows."""
        places = place_rows(checked.values, len(checked.rows), home_country=home_country)
        columns = {entry.column: checked.values[entry.key] for entry in self.fields if entry.column}
        columns |= {"lon": places.lon, "lat": places.lat}
        if self.kind == ImportKind.REPS:
            return columns | ({"team_id": checked.values["team"]} if "team" in self._keys else {})
        return columns | self._account_columns(checked, places)

    def _account_columns(self, checked: Checked, places: Places) -> dict[str, list[Any]]:
        metrics: list[dict[str, float]] = [{} for _ in checked.rows]
        for entry in self.fields:
            if entry.metric:
                for holder, value in zip(metrics, checked.values[entry.key], strict=True):
                    if value is not None:
                        holder[entry.metric] = int(value) if value.is_integer() else value
        return {
            **places.grid(),
            "geocode_quality": places.quality,
            "custom_metrics": [json.dumps(each) for each in metrics],
        }

    def assignments(self) -> list[Assignment]:
        given = {entry.column: Assignment(entry.column, f"s.{entry.column}", f"EXCLUDED.{entry.column}")
                 for entry in self.fields if entry.column}  # fmt: skip
        given |= {each.column: each for each in self._derived()}
        return [*given.values(), *(each for each in _defaults(self.model) if each.column not in given)]

    def _derived(self) -> list[Assignment]:
        if self.kind == ImportKind.REPS:
            team = Assignment("team_id", "s.team_id", "EXCLUDED.team_id")
            if "team" not in self._keys:
                team = Assignment("team_id", "%(first_team)s")
            return [team, Assignment("home", _POINT, self._placed("home", "t.home IS NOT NULL"))]
        others = "(t.custom_metrics - %(metric_keys)s::text[]) || EXCLUDED.custom_metrics"
        metrics = Assignment("custom_metrics", "s.custom_metrics", others if self.metric_keys else None)
        grid = [Assignment(name, f"s.{name}", self._placed(name, _IS_GIVEN)) for name in (*_GRID, "geocode_quality")]
        return [metrics, Assignment("location", _POINT, self._placed("location", _IS_GIVEN)), *grid]

    def _placed(self, column: str, keep_when: str) -> str | None:
        """Coordinates replace a place; an address alone does not replace coordinates given earlier."""
        if "lat" in self._keys:
            return f"EXCLUDED.{column}"
        if self._keys.isdisjoint(PLACE_FIELDS):
            return None
        return f"CASE WHEN {keep_when} THEN t.{column} ELSE EXCLUDED.{column} END"


_IS_GIVEN = "t.geocode_quality = 'given'"


def _defaults(model: type[Account] | type[Rep]) -> list[Assignment]:
    """Columns that no file column fills take the model's default, in new rows only."""
    return [
        Assignment(entry.column, _literal(entry.get_default()))
        for entry in model._meta.local_concrete_fields
        if not (entry.primary_key or entry.null or isinstance(entry, GeneratedField | ForeignKey | DateTimeField))
    ]


def _literal(default: Any) -> str:
    if isinstance(default, dict):
        return f"'{json.dumps(default)}'"
    return f"'{default}'" if isinstance(default, str) else str(default)
