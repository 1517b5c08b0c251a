from collections.abc import Sequence
from typing import Any

from accounts.models import Rep
from territory.models import Alignment, Territory
from territory.operations.planned import Planned, named, territories_of
from territory.operations.reps import rep_of_team
from territory.patches import Patch
from workspace.exceptions import Invalid


def hand_over(alignment: Alignment, *, territory_ids: Sequence[int], rep_id: int | None, swap: bool = False) -> Planned:
    """Territories go to a rep, or become vacant; no account moves.

    With `swap` whatever else the rep has in this alignment goes to the one whose territories these were.
    """
    handed = territories_of(alignment, list(dict.fromkeys(territory_ids)), field="territory_ids")
    rep = None
    if rep_id is not None:
        rep = _present_rep(handed, rep_id) or rep_of_team(alignment, rep_id)
    after = {territory.pk: rep_id for territory in handed}
    returned = _returned(alignment, handed, rep_id) if swap else []
    after |= {territory.pk: handed[0].rep_id for territory in returned}
    changed = {t.pk: t for t in [*handed, *returned] if t.rep_id != after[t.pk]}
    territories: dict[int, Any] = {
        pk: ({"rep_id": territory.rep_id}, {"rep_id": after[pk]}) for pk, territory in changed.items()
    }
    label = f"Handed {named(handed)} to {rep.name}" if rep else f"Left {named(handed)} vacant"
    return Planned(Patch(territories=territories), f"{label}, in exchange for {named(returned)}" if returned else label)


def _present_rep(handed: Sequence[Territory], rep_id: int) -> Rep | None:
    """A rep who has one of them already may take the others, active or not."""
    return next((t.rep for t in handed if t.rep_id == rep_id), None)


def _returned(alignment: Alignment, handed: Sequence[Territory], rep_id: int | None) -> list[Territory]:
    if rep_id is None:
        raise Invalid.field("swap", "name the rep to swap with")
    if len({territory.rep_id for territory in handed}) > 1:
        raise Invalid.field("swap", "these territories have different reps: swap those of one rep at a time")
    held = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, rep_id=rep_id)
    return list(held.exclude(pk__in=[territory.pk for territory in handed]))
