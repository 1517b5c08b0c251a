from collections.abc import Sequence
from typing import Any

from django.db import transaction
from shapely import MultiPolygon

from territory.layers.building import write_layer
from territory.layers.sources import FileChoice, layer_settings, read_units
from territory.locks import share_accounts
from territory.models import Alignment, UnitLayer
from territory.tasks import BUILD_UNIT_LAYER
from workspace.exceptions import Conflict
from workspace.models import Member
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job


@transaction.atomic
def create_unit_layer(
    *,
    name: str,
    kind: str,
    actor: Member,
    states: Sequence[str] = (),
    resolution: int | None = None,
    area: MultiPolygon | None = None,
    file: FileChoice | None = None,
    idempotency_key: str | None = None,
) -> UnitLayer:
    """A new layer, filled by a job. The same idempotency key gives the same layer."""
    settings = layer_settings(kind, states=states, resolution=resolution, area=area, file=file)
    layer = _add_layer(name=name, kind=kind, settings=settings, actor=actor)
    job = queue_job(actor=actor, kind=BUILD_UNIT_LAYER, payload={"layer_id": layer.pk}, idempotency_key=idempotency_key)
    if job.payload["layer_id"] != layer.pk:
        layer.delete()
        return UnitLayer.objects.select_related("job").get(workspace_id=actor.workspace_id, job=job)
    layer.job = job
    layer.save(update_fields=["job"])
    _record(layer, "create", f"Created unit layer {name}", actor=actor)
    return layer


@transaction.atomic
def load_unit_layer(
    *,
    name: str,
    kind: str,
    actor: Member,
    states: Sequence[str] = (),
    resolution: int | None = None,
    area: MultiPolygon | None = None,
) -> UnitLayer:
    """A new layer, filled at once: for commands and seeds, where nobody waits in a browser."""
    settings = layer_settings(kind, states=states, resolution=resolution, area=area)
    share_accounts(actor.workspace_id)
    layer = _add_layer(name=name, kind=kind, settings=settings, actor=actor)
    write_layer(layer, read_units(layer))
    _record(layer, "create", f"Created unit layer {name}", actor=actor)
    return layer


@transaction.atomic
def delete_unit_layer(layer: UnitLayer, *, actor: Member) -> None:
    used_by = Alignment.objects.filter(workspace_id=actor.workspace_id, unit_layer=layer).first()
    if used_by is not None:
        raise Conflict(f"The alignment “{used_by.name}” is built on this layer. Delete the alignment first.")
    _record(layer, "delete", f"Deleted unit layer {layer.name}", actor=actor)
    layer.delete()


def _add_layer(*, name: str, kind: str, settings: dict[str, Any], actor: Member) -> UnitLayer:
    return UnitLayer.objects.create(workspace_id=actor.workspace_id, name=name, kind=kind, settings=settings)


def _record(layer: UnitLayer, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind="unit_layer", subject_id=layer.pk, operation=operation, label=label)
