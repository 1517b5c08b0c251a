"""Set-based writes of a patch's parts."""

from collections.abc import Mapping, Sequence

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from territory.geodesy import area_m2
from territory.models import Alignment, Territory
from territory.patches.patch import PLAIN_FIELDS, Fields, FieldsChange, UnitChange, decode_boundary

_SET_UNITS = """
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT %s, %s, unit_id, territory_id FROM unnest(%s::bigint[], %s::bigint[]) AS new (unit_id, territory_id)
ON CONFLICT (alignment_id, unit_id) DO UPDATE SET territory_id = EXCLUDED.territory_id
"""
_CLEAR_UNITS = """
DELETE FROM territory_unitassignment WHERE workspace_id = %s AND alignment_id = %s AND unit_id = ANY(%s::bigint[])
"""
# An undo may name an account that an import has taken out since.
_SET_OVERRIDES = """
INSERT INTO territory_accountoverride (workspace_id, alignment_id, account_id, territory_id, reason)
SELECT %s, %s, account_id, territory_id, reason
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS new (account_id, territory_id, reason)
CROSS JOIN LATERAL (SELECT a.id FROM accounts_account a WHERE a.id = new.account_id OFFSET 0) known
ON CONFLICT (alignment_id, account_id) DO UPDATE SET territory_id = EXCLUDED.territory_id, reason = EXCLUDED.reason
"""
_CLEAR_OVERRIDES = """
DELETE FROM territory_accountoverride WHERE workspace_id = %s AND alignment_id = %s AND account_id = ANY(%s::bigint[])
"""
_DELETE_TERRITORIES = """
DELETE FROM territory_territory WHERE workspace_id = %s AND alignment_id = %s AND id = ANY(%s::bigint[])
"""


def write_units(alignment: Alignment, units: Mapping[int, UnitChange]) -> None:
    kept = {unit: after for unit, (_, after) in units.items() if after is not None}
    freed = [unit for unit in units if unit not in kept]
    with connection.cursor() as cursor:
        if kept:
            cursor.execute(_SET_UNITS, [*_key(alignment), list(kept), list(kept.values())])
        if freed:
            cursor.execute(_CLEAR_UNITS, [*_key(alignment), freed])


def write_overrides(alignment: Alignment, overrides: Mapping[int, FieldsChange]) -> None:
    kept = {account: after for account, (_, after) in overrides.items() if after is not None}
    freed = [account for account in overrides if account not in kept]
    with connection.cursor() as cursor:
        if kept:
            territories = [fields["territory_id"] for fields in kept.values()]
            reasons = [fields["reason"] for fields in kept.values()]
            cursor.execute(_SET_OVERRIDES, [*_key(alignment), list(kept), territories, reasons])
        if freed:
            cursor.execute(_CLEAR_OVERRIDES, [*_key(alignment), freed])


def insert_territories(alignment: Alignment, created: Mapping[int, Fields]) -> None:
    Territory.objects.bulk_create(
        Territory(
            workspace_id=alignment.workspace_id,
            alignment=alignment,
            id=territory_id,
            # A territory that was removed before it could have a region has none in its record.
            **{name: fields[name] for name in PLAIN_FIELDS if name in fields},
            **boundary_columns(fields.get("boundary")),
        )
        for territory_id, fields in created.items()
    )


def update_territory(alignment: Alignment, territory_id: int, after: Fields | None) -> None:
    """The changed fields of a territory; without `after` (it is about to go) it lets go of its ground."""
    values = {name: after[name] for name in PLAIN_FIELDS if name in after} if after else {}
    if after is None or "boundary" in after:
        values |= boundary_columns(after["boundary"] if after else None)
    Territory.objects.filter(workspace_id=alignment.workspace_id, pk=territory_id).update(**values)


def delete_territories(alignment: Alignment, territory_ids: Sequence[int]) -> None:
    if territory_ids:
        with connection.cursor() as cursor:
            cursor.execute(_DELETE_TERRITORIES, [*_key(alignment), list(territory_ids)])


def boundary_columns(encoded: str | None) -> Fields:
    area = decode_boundary(encoded)
    if encoded is None or area is None:
        return {"boundary": None, "area_m2": 0.0}
    return {"boundary": GEOSGeometry(memoryview(bytes.fromhex(encoded)), srid=4326), "area_m2": area_m2(area)}


def _key(alignment: Alignment) -> list[int]:
    return [alignment.workspace_id, alignment.pk]
