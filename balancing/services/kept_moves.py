from collections.abc import Sequence
from typing import Any

from django.db import transaction

from balancing.models import Run
from balancing.picking import Picked, pick_moves
from territory.drafting.copying import copied_territories
from territory.models import Alignment
from territory.services.create_alignment import Source, create_alignment
from territory.services.edit_alignment import edit_alignment
from workspace.exceptions import Conflict
from workspace.models import Change, JobState, Member
from workspace.services.changes import record_change
from workspace.wording import plural

_OPERATION = "keep_moves"
_NAMED_UNITS = 5


@transaction.atomic
def keep_moves(run: Run, *, actor: Member, name: str, positions: Sequence[int]) -> Alignment:
    """A new scenario from the run's alignment as it is now, with only these moves. Asked twice, it is made once.

    Refuses as a whole, naming them, when units are no longer where their moves found them.
    """
    runs = Run.objects.select_for_update(of=("self",)).select_related("job")
    locked = runs.get(workspace_id=run.workspace_id, pk=run.pk)
    if locked.job.state != JobState.DONE:
        raise Conflict(f"The run is {locked.job.state}; it has no moves to choose from.")
    # Held, so that no edit comes between the look at the units and the copy of them.
    bases = Alignment.objects.select_for_update(of=("self",)).select_related("team", "unit_layer")
    base = bases.get(workspace_id=run.workspace_id, pk=run.alignment_id)
    asked = {"name": name, "positions": sorted(set(positions)), "revision": base.revision}
    known = _made_before(locked, asked)
    if known is not None:
        return known
    picked = pick_moves(locked, positions)
    _refuse_blocked(picked)
    scenario = create_alignment(
        name=name, team=base.team, basis=base.basis, source=Source.COPY, copy_of=base, actor=actor
    )
    copies = copied_territories(base, scenario)
    owners = {move.unit_id: copies[move.to_territory_id] for move in picked.moves if move.to_territory_id}
    edited = edit_alignment(
        scenario.pk,
        operation="move_units",
        arguments={"owners": owners},
        revision=scenario.revision,
        actor=actor,
    )
    record_change(
        actor=actor,
        subject_kind="run",
        subject_id=run.pk,
        operation=_OPERATION,
        label=f"Kept {plural(len(picked.moves), 'move')} of an optimizer run as {name}",
        patch={"kept": [None, asked | {"alignment_id": scenario.pk}]},
    )
    return edited.alignment


def _made_before(run: Run, asked: dict[str, Any]) -> Alignment | None:
    """What the same request made before: a second click finds the scenario of the first."""
    kept = Change.objects.filter(
        workspace_id=run.workspace_id, subject_kind="run", subject_id=run.pk, operation=_OPERATION
    )
    for change in kept.filter(**{f"patch__kept__1__{key}": value for key, value in asked.items()}):
        made = change.patch["kept"][1]["alignment_id"]
        found = Alignment.objects.filter(workspace_id=run.workspace_id, pk=made).first()
        if found is not None:
            return found
    return None


def _refuse_blocked(picked: Picked) -> None:
    if not picked.blocked:
        return
    named = [f"{remark.unit_name} ({remark.reason})" for remark in picked.blocked[:_NAMED_UNITS]]
    more = len(picked.blocked) - len(named)
    told = ", ".join(named) + (f" and {more:,} more" if more > 0 else "")
    rest = "Leave them out, or" if picked.moves else "To go on,"
    raise Conflict(
        f"Not all of these moves fit the alignment as it is now: {told}. Nothing was made. "
        f"{rest} run again on the alignment as it is now.",
        blocked=[vars(remark) for remark in picked.blocked],
        positions_left=[move.position for move in picked.moves],
    )
