from collections.abc import Mapping

from django.db import connection

from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.models import Alignment, AlignmentState, Basis, Territory
from territory.operations.planned import next_territory_ids

_MAPPED = "unnest(%(old)s::bigint[], %(new)s::bigint[]) AS mapped (old_id, new_id)"
_TERRITORIES = f"""
INSERT INTO territory_territory (id, workspace_id, alignment_id, rep_id, code, name, colour, target_share, is_locked,
    position, region, boundary, area_m2)
SELECT mapped.new_id, t.workspace_id, %(target)s, CASE WHEN %(keep_reps)s THEN t.rep_id END, t.code, t.name, t.colour,
    t.target_share, t.is_locked, t.position, t.region, t.boundary, t.area_m2
FROM territory_territory t JOIN {_MAPPED} ON mapped.old_id = t.id WHERE t.workspace_id = %(workspace)s
"""
_UNITS = f"""
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT ua.workspace_id, %(target)s, ua.unit_id, mapped.new_id
FROM territory_unitassignment ua JOIN {_MAPPED} ON mapped.old_id = ua.territory_id
WHERE ua.workspace_id = %(workspace)s AND ua.alignment_id = %(source)s
"""
_GIVEN_UNITS = f"""
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT %(workspace)s, %(target)s, given.unit_id, mapped.new_id
FROM unnest(%(units)s::bigint[], %(holders)s::bigint[]) AS given (unit_id, old_id)
JOIN {_MAPPED} ON mapped.old_id = given.old_id
"""
_OVERRIDES = f"""
INSERT INTO territory_accountoverride (workspace_id, alignment_id, account_id, territory_id, reason)
SELECT o.workspace_id, %(target)s, o.account_id, mapped.new_id, o.reason
FROM territory_accountoverride o JOIN {_MAPPED} ON mapped.old_id = o.territory_id
WHERE o.workspace_id = %(workspace)s AND o.alignment_id = %(source)s
"""
_ASSIGNMENTS = f"""
INSERT INTO territory_accountassignment (workspace_id, alignment_id, account_id, territory_id, source, is_overlap, cell,
    mercator_x, mercator_y, revenue_minor, potential_minor, pipeline_minor, workload_h, visits_per_year, segment)
SELECT s.workspace_id, %(target)s, s.account_id, mapped.new_id, s.source, s.is_overlap, s.cell, s.mercator_x,
    s.mercator_y, s.revenue_minor, s.potential_minor, s.pipeline_minor, s.workload_h, s.visits_per_year, s.segment
FROM territory_accountassignment s LEFT JOIN {_MAPPED} ON mapped.old_id = s.territory_id
WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(source)s
ORDER BY s.cell
"""


def copy_alignment(source: Alignment, target: Alignment, units: Mapping[int, int] | None = None) -> dict[int, int]:
    """Territories, units, exceptions and assignments of one alignment into an empty one. Returns old id → new id.

    `units` (unit → territory of the source) says who has which unit where the source itself is drawn.
    """
    old = list(
        Territory.objects.filter(workspace_id=source.workspace_id, alignment=source).values_list("id", flat=True)
    )
    ids = dict(zip(old, next_territory_ids(len(old)), strict=True))
    values = {
        "workspace": source.workspace_id, "source": source.pk, "target": target.pk,
        "old": list(ids), "new": list(ids.values()), "keep_reps": source.team_id == target.team_id,
        "units": list(units or {}), "holders": list((units or {}).values()),
    }  # fmt: skip
    statements = [_TERRITORIES, _OVERRIDES, _ASSIGNMENTS]
    if target.basis == Basis.UNITS:
        statements.append(_UNITS if units is None else _GIVEN_UNITS)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)
    if source.state == AlignmentState.ARCHIVED or source.basis != target.basis:
        refresh(target, all_accounts())
    if units is not None:
        derive_boundaries(target, ids.values())
    return ids


def copied_territories(source: Alignment, target: Alignment) -> dict[int, int]:
    """Territory → its copy, right after copying: copies are made in the order of their originals."""
    both = (
        Territory.objects.filter(workspace_id=source.workspace_id, alignment=alignment).values_list("id", flat=True)
        for alignment in (source, target)
    )
    return dict(zip(*both, strict=True))
