from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, QuerySet

from accounts.cells import degrees
from territory.history import SUBJECT, next_redo, next_undo
from territory.models import Alignment, AlignmentState
from workspace.models import Change, Member

_EXTENTS = """
SELECT alignment_id, ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
FROM (SELECT alignment_id, ST_Extent(boundary) AS box FROM territory_territory
      WHERE workspace_id = %s AND alignment_id = ANY(%s::bigint[]) GROUP BY alignment_id) extents
WHERE box IS NOT NULL
"""
_ACCOUNTS = """
SELECT min(mercator_x), max(mercator_x), min(mercator_y), max(mercator_y) FROM accounts_account WHERE workspace_id = %s
"""


@dataclass
class _Ground:
    """Where the accounts of a workspace lie; asked for only where nothing else says where to look."""

    workspace_id: int

    @cached_property
    def bbox(self) -> list[float] | None:
        with connection.cursor() as cursor:
            cursor.execute(_ACCOUNTS, [self.workspace_id])
            west, east, north, south = cursor.fetchone()
        if west is None:
            return None
        lon, lat = degrees(np.array([west, east]), np.array([south, north]))
        return [float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])]


def alignments_visible_to(member: Member) -> QuerySet[Alignment]:
    return (
        Alignment.objects.visible_to(member)
        .select_related("team", "unit_layer")
        .annotate(n_territories=Count("territories"))
        .order_by("-id")
    )


def describe(alignments: Sequence[Alignment], member: Member) -> Sequence[Alignment]:
    """Put beside each alignment where it lies and what the member could undo or redo."""
    extents = _extents(member.workspace_id, [alignment.pk for alignment in alignments])
    ground = _Ground(member.workspace_id)
    edited = _edited_by(member, alignments)
    for alignment in alignments:
        layer = alignment.unit_layer
        alignment.bbox = extents.get(alignment.pk) or (layer.bbox if layer else ground.bbox)
        undo = next_undo(alignment, member) if alignment.pk in edited else None
        redo = next_redo(alignment, member) if alignment.pk in edited else None
        alignment.can_undo = _step(undo)
        alignment.can_redo = _step(redo.undoes if redo else None)
    return alignments


def described(alignment_id: int, member: Member) -> Alignment:
    alignment = alignments_visible_to(member).get(pk=alignment_id)
    return describe([alignment], member)[0]


def _step(change: Change | None) -> dict[str, str] | None:
    return None if change is None else {"label": change.label}


def _edited_by(member: Member, alignments: Sequence[Alignment]) -> set[int]:
    open_ones = [a.pk for a in alignments if a.state in {AlignmentState.DRAFT, AlignmentState.PROPOSED}]
    rows = Change.objects.filter(
        workspace_id=member.workspace_id, subject_kind=SUBJECT, subject_id__in=open_ones, member=member
    )
    return set(rows.order_by().values_list("subject_id", flat=True).distinct())


def _extents(workspace_id: int, alignment_ids: list[int]) -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_EXTENTS, [workspace_id, alignment_ids])
        return {row[0]: list(row[1:]) for row in cursor.fetchall()}
