"""Travel measured by road: asked for, and looked up."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Account, Rep
from balancing.models import TravelMeasurement
from balancing.tasks import TRAVEL
from balancing.travel.choosing import engines_for, named
from balancing.travel.engine import TravelEngine
from territory.models import Alignment
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member, TeamKind
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job


@transaction.atomic
def request_travel(
    alignment: Alignment,
    *,
    engine: str | None,
    limit_min: float,
    idempotency_key: str | None = None,
    actor: Member,
) -> TravelMeasurement:
    """Queue the job that measures it, by the best engine unless one is named. The same key asks once."""
    key = f"travel-{idempotency_key}" if idempotency_key else None
    if key:
        known = TravelMeasurement.objects.filter(workspace_id=actor.workspace_id, job__idempotency_key=key).first()
        if known is not None:
            return known
    if alignment.team.kind == TeamKind.INSIDE:
        raise Conflict("Inside teams do not travel.")
    engines = engines_for(alignment)
    chosen = engines[0] if engine is None else named(engines, engine)
    if chosen is None:
        raise Invalid.field("engine", "is not available for this alignment", value=engine)
    measurement = TravelMeasurement.objects.create(
        workspace_id=actor.workspace_id, member=actor, alignment=alignment, engine=chosen.name, limit_min=limit_min
    )
    payload = {"measurement_id": measurement.pk}
    measurement.job = queue_job(actor=actor, kind=TRAVEL, payload=payload, idempotency_key=key)
    measurement.save(update_fields=["job"])
    record_change(
        actor=actor, subject_kind="travel_measurement", subject_id=measurement.pk, operation="create",
        label=f"Asked for travel times of {alignment.name} ({measurement.get_engine_display()})",
    )  # fmt: skip
    return measurement


@dataclass(frozen=True)
class Travel:
    """What is known of an alignment's travel: the last figures, and the job that makes the next ones."""

    alignment_id: int
    revision: int
    engines: list[TravelEngine]
    measurement: TravelMeasurement | None
    asked: TravelMeasurement | None
    is_current: bool


def travel_of(alignment: Alignment) -> Travel:
    found = TravelMeasurement.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    found = found.select_related("job", "member__user")
    latest = found.filter(measured_at__isnull=False).prefetch_related("territories").first()
    return Travel(
        alignment_id=alignment.pk,
        revision=alignment.revision,
        engines=[] if alignment.team.kind == TeamKind.INSIDE else engines_for(alignment),
        measurement=latest,
        asked=found.first(),
        is_current=latest is not None and _is_current(alignment, latest),
    )


def _is_current(alignment: Alignment, measurement: TravelMeasurement) -> bool:
    """Whether nothing that drives depend on was written since it was asked for."""
    later = {"workspace_id": alignment.workspace_id, "updated_at__gt": measurement.created_at}
    if measurement.revision != alignment.revision or Account.objects.filter(**later).exists():
        return False
    return not Rep.objects.filter(team_id=alignment.team_id, **later).exists()
