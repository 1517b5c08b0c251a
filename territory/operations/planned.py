from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from territory.models import AccountOverride, Alignment, Basis, Territory, UnitAssignment
from territory.patches import Patch
from workspace.exceptions import Conflict, Invalid

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Planned:
    """An operation on the present state: what would change, and how the history will call it."""

    patch: Patch
    label: str


def territory_of(alignment: Alignment, territory_id: int, *, field: str = "territory_id") -> Territory:
    return territories_of(alignment, [territory_id], field=field)[0]


def territories_of(alignment: Alignment, territory_ids: Sequence[int], *, field: str) -> list[Territory]:
    found = Territory.objects.filter(
        workspace_id=alignment.workspace_id, alignment=alignment, pk__in=list(territory_ids)
    )
    by_id = {territory.pk: territory for territory in found}
    for territory_id in territory_ids:
        if territory_id not in by_id:
            raise Invalid.field(field, "there is no such territory in this alignment", value=territory_id)
    return [by_id[territory_id] for territory_id in territory_ids]


def require_basis(alignment: Alignment, basis: str) -> None:
    if alignment.basis != basis:
        wanted, present = Basis(basis).label.lower(), Basis(alignment.basis).label.lower()
        raise Conflict(f"This works on an alignment made of {wanted}; this one is made of {present}.")


def present_units(alignment: Alignment, **conditions: Any) -> dict[int, int]:
    rows = UnitAssignment.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, **conditions)
    return dict(rows.values_list("unit_id", "territory_id"))


def present_overrides(alignment: Alignment, **conditions: Any) -> dict[int, dict[str, Any]]:
    rows = AccountOverride.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, **conditions)
    return {
        row["account_id"]: {"territory_id": row["territory_id"], "reason": row["reason"]}
        for row in rows.values("account_id", "territory_id", "reason")
    }


def next_territory_ids(count: int) -> list[int]:
    """Ids from the table's own sequence: a territory that is undone and redone keeps its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('territory_territory', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def named(territories: Iterable[Territory]) -> str:
    """Their names; of many the first three."""
    names = [f"“{territory.name}”" for territory in territories]
    if len(names) > NAMES_SHOWN + 1:
        names = [*names[:NAMES_SHOWN], f"{len(names) - NAMES_SHOWN} more"]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
