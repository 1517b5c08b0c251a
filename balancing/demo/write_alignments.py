"""The two live alignments, the scenario beside them, and the barrier."""

import datetime

import numpy as np
from django.contrib.gis.geos import GEOSGeometry

from accounts.models import Rep
from balancing.demo.demo import Demo, territory_code
from balancing.demo.overrides import REASON
from balancing.demo.split import BARRIER_NAME
from balancing.demo.write_people import Staff
from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.colours import colour_of
from territory.models import Alignment, Barrier, BarrierKind, BasicUnit, Basis, UnitLayer
from territory.operations.planned import next_territory_ids
from territory.patches import Patch, encode_boundary
from territory.patches.write import insert_territories, write_overrides, write_units
from territory.services.alignments import publish_alignment
from territory.services.create_alignment import Source, create_alignment
from workspace.models import Member, Team
from workspace.services.changes import record_change

SCENARIO_NAME = "Spring rebalance"


def write_barrier(demo: Demo, workspace_id: int) -> Barrier:
    line = GEOSGeometry(memoryview(demo.split.line.wkb), srid=4326)
    return Barrier.objects.create(workspace_id=workspace_id, name=BARRIER_NAME, kind=BarrierKind.RIDGE, shape=line)


def write_field_alignment(
    demo: Demo, staff: Staff, layer: UnitLayer, account_ids: list[int], today: datetime.date
) -> Alignment:
    reps = [None if k == demo.field.vacant else rep for k, rep in enumerate(staff.field_reps)]
    ids = next_territory_ids(len(reps))
    unit_ids = dict(BasicUnit.objects.filter(workspace_id=layer.workspace_id, layer=layer).values_list("code", "id"))
    held = np.flatnonzero(demo.field.owners >= 0).tolist()
    patch = Patch(
        territories={ids[k]: (None, _fields(k, demo.field_names[k], reps[k])) for k in range(len(ids))},
        units={unit_ids[demo.ground.units.codes[i]]: (None, ids[demo.field.owners[i]]) for i in held},
        overrides={
            account_ids[override.account]: (None, {"territory_id": ids[override.territory], "reason": REASON})
            for override in demo.overrides
        },
    )
    name = f"Field territories {today.year}"
    return _go_live(name, staff.field_team, Basis.UNITS, patch, staff.manager, today, layer=layer)


def write_inside_alignment(demo: Demo, staff: Staff, today: datetime.date) -> Alignment:
    ids = next_territory_ids(len(staff.inside_reps))
    patch = Patch(
        territories={
            ids[k]: (
                None,
                _fields(k, demo.inside_names[k], rep) | {"boundary": encode_boundary(demo.inside.boundaries[k])},
            )
            for k, rep in enumerate(staff.inside_reps)
        }
    )
    name = f"Inside territories {today.year}"
    return _go_live(name, staff.inside_team, Basis.DRAWN, patch, staff.manager, today, layer=None)


def write_scenario(live: Alignment, staff: Staff) -> Alignment:
    return create_alignment(
        name=SCENARIO_NAME, team=live.team, basis=live.basis, source=Source.COPY, copy_of=live, actor=staff.manager
    )


def _go_live(
    name: str, team: Team, basis: str, patch: Patch, actor: Member, today: datetime.date, *, layer: UnitLayer | None
) -> Alignment:
    alignment = create_alignment(name=name, team=team, basis=basis, source=Source.BLANK, unit_layer=layer, actor=actor)
    _lay_out(alignment, patch)
    alignment.revision += 1
    alignment.save(update_fields=["revision", "updated_at"])
    record_change(
        actor=actor,
        subject_kind="alignment",
        subject_id=alignment.pk,
        operation="seed",
        label=f"Laid out {len(patch.territories)} territories",
        revision_before=alignment.revision - 1,
        revision_after=alignment.revision,
    )
    start_of_year = today.replace(month=1, day=1)
    return publish_alignment(alignment.pk, revision=alignment.revision, actor=actor, effective_date=start_of_year)


def _lay_out(alignment: Alignment, patch: Patch) -> None:
    """Write a whole plan into an empty alignment. Every account is looked at anyway, so once for all is quickest."""
    insert_territories(alignment, patch.created)
    write_units(alignment, patch.units)
    write_overrides(alignment, patch.overrides)
    refresh(alignment, all_accounts())
    if alignment.basis == Basis.UNITS:
        derive_boundaries(alignment, patch.created)


def _fields(position: int, name: str, rep: Rep | None) -> dict[str, object]:
    return {
        "name": name,
        "code": territory_code(position),
        "colour": colour_of(position),
        "rep_id": rep and rep.pk,
        "target_share": None,
        "is_locked": False,
        "position": position,
    }
