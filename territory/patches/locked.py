"""A locked territory neither gains nor loses ground or accounts, whichever tool asks."""

from collections.abc import Iterable, Mapping

from territory.assignment import Moves
from territory.models import Alignment, Territory
from territory.patches.patch import Patch
from workspace.exceptions import Locked


def locked_territories(alignment: Alignment) -> dict[int, str]:
    rows = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, is_locked=True)
    return dict(rows.values_list("id", "name"))


def check_patch(patch: Patch, locked: Mapping[int, str]) -> None:
    """Refuse what the patch says outright."""
    if not locked:
        return
    for change in patch.units.values():
        _refuse(change, locked)
    for before, after in patch.overrides.values():
        _refuse([fields["territory_id"] for fields in (before, after) if fields], locked)
    for territory_id, (before, after) in patch.territories.items():
        if before is not None and (after is None or "boundary" in after):
            _refuse([territory_id], locked)


def check_moves(moves: Moves, locked: Mapping[int, str]) -> None:
    """Refuse what follows from it: an account can also leave or join through a neighbour's boundary."""
    for before, after in moves.counts:
        if before != after:
            _refuse([before, after], locked)


def _refuse(territory_ids: Iterable[int | None], locked: Mapping[int, str]) -> None:
    for territory_id in territory_ids:
        if territory_id in locked:
            raise Locked(
                f"“{locked[territory_id]}” is locked: it neither gains nor loses units, ground or accounts. "
                "Unlock it first.",
                territory_id=territory_id,
            )
