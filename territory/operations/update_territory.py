from typing import Any

from territory.models import Alignment
from territory.operations.planned import Planned, territory_of
from territory.operations.reps import rep_of_team
from territory.patches import Patch

_VERBS = {
    "name": "Renamed",
    "colour": "Recoloured",
    "rep_id": "Changed the rep of",
    "target_share": "Changed the target share of",
}


def update_territory(alignment: Alignment, *, territory_id: int, **fields: Any) -> Planned:
    """Name, colour, rep, target share, lock: nothing that moves an account."""
    territory = territory_of(alignment, territory_id)
    if fields.get("rep_id") is not None and fields["rep_id"] != territory.rep_id:
        rep_of_team(alignment, fields["rep_id"])
    changed = {name: value for name, value in fields.items() if getattr(territory, name) != value}
    before = {name: getattr(territory, name) for name in changed}
    patch = Patch(territories={territory_id: (before, changed)} if changed else {})
    return Planned(patch, f"{_verb(changed)} “{territory.name}”")


def _verb(changed: dict[str, Any]) -> str:
    if "is_locked" in changed:
        return "Locked" if changed["is_locked"] else "Unlocked"
    return _VERBS[next(iter(changed))] if len(changed) == 1 else "Changed"
