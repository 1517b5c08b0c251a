from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from shapely.geometry import mapping

from territory.layers.barriers import follow_barriers
from territory.locks import own_barriers
from territory.models import Barrier
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member
from workspace.services.changes import record_change

BARRIERS_MAX = 1_000
_FIELDS = ("name", "kind", "is_hard", "cost_km", "bridges")
# Longer shapes are left out of the history's record; they stay in the row.
_RECORDED_VERTICES = 2_000


@transaction.atomic
def create_barrier(*, actor: Member, shape: shapely.Geometry, **fields: Any) -> Barrier:
    """A new barrier, followed by the adjacency of every unit layer at once."""
    own_barriers(actor.workspace_id)
    if Barrier.objects.filter(workspace_id=actor.workspace_id).count() >= BARRIERS_MAX:
        raise Conflict(f"There are {BARRIERS_MAX:,} barriers already. Delete some first.")
    barrier = Barrier(workspace_id=actor.workspace_id, shape=_stored(shape), **fields)
    _check_effect(barrier)
    barrier.save()
    follow_barriers(actor.workspace_id)
    after = {name: [None, value] for name, value in _state(barrier).items()}
    _record(barrier, "create", f"Added barrier {barrier.name}", actor, after)
    return barrier


@transaction.atomic
def update_barrier(pk: int, *, actor: Member, shape: shapely.Geometry | None = None, **fields: Any) -> Barrier:
    """Change what is named of a barrier that the actor's workspace has; adjacency follows at once."""
    own_barriers(actor.workspace_id)
    barrier = Barrier.objects.visible_to(actor).get(pk=pk)
    before = _state(barrier)
    for name, value in fields.items():
        setattr(barrier, name, value)
    if shape is not None:
        barrier.shape = _stored(shape)
    _check_effect(barrier)
    after = _state(barrier)
    patch = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not patch:
        return barrier
    barrier.save()
    if patch.keys() - {"name", "kind"}:
        follow_barriers(actor.workspace_id)
    _record(barrier, "update", f"Changed barrier {barrier.name}", actor, patch)
    return barrier


@transaction.atomic
def delete_barrier(pk: int, *, actor: Member) -> None:
    """What only this barrier parted touches again."""
    own_barriers(actor.workspace_id)
    barrier = Barrier.objects.visible_to(actor).get(pk=pk)
    before = {name: [value, None] for name, value in _state(barrier).items()}
    _record(barrier, "delete", f"Deleted barrier {barrier.name}", actor, before)
    barrier.delete()
    follow_barriers(actor.workspace_id)


def _check_effect(barrier: Barrier) -> None:
    if not barrier.is_hard and barrier.cost_km <= 0:
        raise Invalid.field("cost_km", "must be above 0 for a soft barrier", value=barrier.cost_km, bound=0)


def _stored(shape: shapely.Geometry) -> GEOSGeometry:
    return GEOSGeometry(memoryview(shape.wkb), srid=4326)


def _state(barrier: Barrier) -> dict[str, Any]:
    shape = shapely.from_wkb(bytes(barrier.shape.wkb))
    is_short = shapely.get_num_coordinates(shape) <= _RECORDED_VERTICES
    drawn = mapping(shape) if is_short else f"{shape.geom_type}, {shapely.get_num_coordinates(shape):,} vertices"
    return {name: getattr(barrier, name) for name in _FIELDS} | {"shape": drawn}


def _record(barrier: Barrier, operation: str, label: str, actor: Member, patch: dict[str, Any]) -> None:
    record_change(
        actor=actor, subject_kind="barrier", subject_id=barrier.pk, operation=operation, label=label, patch=patch
    )
