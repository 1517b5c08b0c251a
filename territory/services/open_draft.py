from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import Account, Rep
from territory.drafting.copying import copied_territories
from territory.history import NAMED, changes_of
from territory.models import Alignment, Territory
from territory.operations.planned import next_territory_ids
from territory.patches import Patch, apply_patch, compose, in_ids_of_copy
from territory.services.create_alignment import Source, create_alignment
from territory.services.edit_alignment import edit_alignment
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member


@transaction.atomic
def open_draft(
    alignment: Alignment,
    *,
    name: str,
    revision: int,
    actor: Member,
    operation: str | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> Alignment:
    """The alignment as it was at a revision, as a scenario of its own; with an operation, that on top."""
    held = Alignment.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=alignment.pk)
    back = _way_back(held, revision)
    draft = create_alignment(name=name, team=held.team, basis=held.basis, source=Source.COPY, copy_of=held, actor=actor)
    ids = copied_territories(held, draft)
    gone = [territory_id for territory_id in back.territories if territory_id not in ids]
    ids |= dict(zip(gone, next_territory_ids(len(gone)), strict=True))
    _rewind(draft, in_ids_of_copy(_without_the_gone(held, back), ids))
    if operation is not None:
        renamed = {key: _renamed(key, value, ids) for key, value in (arguments or {}).items()}
        edit_alignment(draft.pk, operation=operation, arguments=renamed, revision=draft.revision, actor=actor)
    return draft


def _way_back(alignment: Alignment, revision: int) -> Patch:
    """What leads from the present state to that of the revision."""
    if not 1 <= revision <= alignment.revision:
        problem = "there is no such revision of this alignment"
        raise Invalid.field("revision", problem, value=revision, bound=[1, alignment.revision])
    later = changes_of(alignment).filter(revision_after__gt=revision).exclude(operation=NAMED)
    since = list(later.values_list("patch", flat=True))
    if len(since) != alignment.revision - revision:
        raise Conflict(f"The history of this alignment does not reach back to revision {revision}.")
    return compose(Patch.of_change(patch).reversed() for patch in since)


def _without_the_gone(alignment: Alignment, patch: Patch) -> Patch:
    """Reps and accounts that are no longer there cannot come back with a territory."""
    reps = {after["rep_id"] for _, after in patch.territories.values() if after and after.get("rep_id")}
    tenant = {"workspace_id": alignment.workspace_id}
    missing = reps - set(Rep.objects.filter(**tenant, pk__in=reps).values_list("pk", flat=True))
    accounts = set(Account.objects.filter(**tenant, pk__in=list(patch.overrides)).values_list("pk", flat=True))
    return Patch(
        units=patch.units,
        territories={
            key: (before, after | {"rep_id": None} if after and after.get("rep_id") in missing else after)
            for key, (before, after) in patch.territories.items()
        },
        overrides={key: change for key, change in patch.overrides.items() if key in accounts},
        owners=patch.owners,
    )


def _rewind(draft: Alignment, patch: Patch) -> None:
    """Locks keep people from changing ground, not the draft from becoming what it was."""
    if not patch:
        return
    territories = Territory.objects.filter(workspace_id=draft.workspace_id, alignment=draft)
    locked = set(territories.filter(is_locked=True).values_list("pk", flat=True))
    territories.filter(pk__in=locked).update(is_locked=False)
    apply_patch(draft, patch)
    said = {key for key, (_, after) in patch.territories.items() if after and "is_locked" in after}
    territories.filter(pk__in=locked - said).update(is_locked=True)


def _renamed(argument: str, value: Any, ids: Mapping[int, int]) -> Any:
    """An argument that names territories, in the ids of the draft."""
    if argument in {"territory_id", "into_id"}:
        return ids.get(value, value)
    if argument == "territory_ids":
        return [ids.get(territory_id, territory_id) for territory_id in value]
    return value
