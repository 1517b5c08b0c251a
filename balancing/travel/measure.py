"""The job that measures an alignment's travel, territory by territory."""

from collections.abc import Iterator

import numpy as np
from django.utils import timezone

from balancing.models import TerritoryTravel, TravelMeasurement
from balancing.models.travel import TravelBase
from balancing.travel.bases import Ground
from balancing.travel.choosing import engines_for, named
from balancing.travel.engine import TravelEngine
from balancing.travel.fallback import NO_DRIVE, Patient, completed
from balancing.travel.legs import legs_of
from balancing.travel.trips import drives_of
from territory.models import Alignment, Territory
from territory.totals import Totals, territory_totals
from workspace.jobs import JobFailed, JobRun
from workspace.tenancy import workspace


def measure_travel(run: JobRun) -> None:
    """Legs are stored as they come: a measurement that is cancelled or lost leaves them to the next one."""
    workspace_id = run.job.workspace_id
    with workspace(workspace_id):
        measurement = _measurement(run)
        if measurement is None:
            run.finish({}, message="The alignment was deleted")
            return
        alignment = measurement.alignment
        engine = named(engines_for(alignment), measurement.engine)
        if engine is None:
            raise JobFailed("This engine is not there any more.")
        revision = alignment.revision
        estimates = territory_totals(alignment)
        ids = list(
            Territory.objects.filter(workspace_id=workspace_id, alignment=alignment).values_list("pk", flat=True)
        )
    rows = list(_measured(run, measurement, engine, ids, estimates))
    with workspace(workspace_id):
        _write(run, measurement, engine, revision, rows)


def _measurement(run: JobRun) -> TravelMeasurement | None:
    found = TravelMeasurement.objects.select_related("alignment__workspace", "alignment__team")
    return found.filter(workspace_id=run.job.workspace_id, pk=run.job.payload["measurement_id"]).first()


def _measured(
    run: JobRun, measurement: TravelMeasurement, engine: TravelEngine, ids: list[int], estimates: dict[int, Totals]
) -> Iterator[TerritoryTravel]:
    patient = Patient(engine)
    for number, pk in enumerate(ids):
        run.progress(number / len(ids), f"Measured {number} of {len(ids)} territories", territories=number)
        with workspace(measurement.workspace_id):
            territory = _territory(measurement.alignment, pk)
            if territory is not None:
                yield _travel(territory, measurement, patient, estimates.get(pk, Totals()))


def _territory(alignment: Alignment, pk: int) -> Territory | None:
    found = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, pk=pk)
    return found.select_related("rep").defer("boundary").first()


def _travel(
    territory: Territory, measurement: TravelMeasurement, patient: Patient, estimate: Totals
) -> TerritoryTravel:
    ground = Ground.of(territory)
    legs = legs_of(territory.workspace_id, patient, ground)
    whole = completed(legs, ground.lon, ground.lat, ground.lons, ground.lats)
    n_fallback = int(np.count_nonzero(whole.is_estimate))
    drives = drives_of(whole.legs.minutes, whole.legs.km, ground.visits_per_year, limit_min=measurement.limit_min)
    return TerritoryTravel(
        workspace_id=territory.workspace_id,
        measurement=measurement,
        territory_id=territory.pk,
        base=ground.base if drives.n_accounts or ground.base == TravelBase.HOME else TravelBase.NONE,
        n_accounts=drives.n_accounts,
        n_beyond=drives.n_beyond,
        mean_min=drives.mean_min,
        p90_min=drives.p90_min,
        max_min=drives.max_min,
        travel_h=drives.travel_h,
        travel_km=drives.travel_km,
        estimate_h=estimate.travel_h,
        estimate_km=estimate.travel_km,
        n_fallback=n_fallback,
        fallback_reason=(patient.reason or NO_DRIVE)[:200] if n_fallback else "",
    )


def _write(
    run: JobRun, measurement: TravelMeasurement, engine: TravelEngine, revision: int, rows: list[TerritoryTravel]
) -> None:
    """What was deleted meanwhile has no figures."""
    if not TravelMeasurement.objects.filter(workspace_id=measurement.workspace_id, pk=measurement.pk).exists():
        run.finish({}, message="The alignment was deleted")
        return
    there = Territory.objects.filter(workspace_id=measurement.workspace_id, alignment_id=measurement.alignment_id)
    ids = set(there.values_list("pk", flat=True))
    TerritoryTravel.objects.bulk_create(row for row in rows if row.territory_id in ids)
    measurement.engine_version, measurement.data_date = engine.version, engine.data_date
    measurement.revision, measurement.measured_at = revision, timezone.now()
    measurement.save(update_fields=["engine_version", "data_date", "revision", "measured_at"])
    n_fallback = sum(row.n_fallback for row in rows)
    run.finish({"measurement_id": measurement.pk, "n_territories": len(rows), "n_fallback": n_fallback})
