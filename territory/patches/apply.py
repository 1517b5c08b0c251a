from collections.abc import Iterable
from dataclasses import dataclass

from shapely import MultiPolygon

from territory.assignment import Moves, between, derive, given, in_units
from territory.boundaries import derive_boundaries
from territory.models import Alignment, Basis
from territory.patches.locked import check_moves, check_patch, locked_territories
from territory.patches.patch import Patch, decode_boundary
from territory.patches.write import (
    delete_territories,
    insert_territories,
    update_territory,
    write_overrides,
    write_units,
)


@dataclass(frozen=True)
class Effect:
    """What followed from a patch."""

    moves: Moves
    territory_ids: set[int]


def apply_patch(alignment: Alignment, patch: Patch) -> Effect:
    """Write the patch and everything that follows from it: assignments, boundaries, areas. Locks are respected.

    The caller holds the alignment's row and records the change. To undo, apply the patch reversed.
    """
    locked = locked_territories(alignment)
    check_patch(patch, locked)
    insert_territories(alignment, patch.created)
    for territory_id, (before, after) in patch.territories.items():
        if before is not None:
            update_territory(alignment, territory_id, after)
    write_units(alignment, patch.units)
    write_overrides(alignment, patch.overrides)
    moves = _derive_assignments(alignment, patch)
    check_moves(moves, locked)
    if alignment.basis == Basis.UNITS:
        changed = {i for change in patch.units.values() for i in change if i is not None}
        derive_boundaries(alignment, changed | set(patch.created))
    delete_territories(alignment, patch.removed)
    patch.owners = patch.owners | moves.owners
    return Effect(moves, (patch.touched_territories | moves.territory_ids) - set(patch.removed))


def _derive_assignments(alignment: Alignment, patch: Patch) -> Moves:
    moves = Moves()
    preferred = {account: after for account, (_, after) in patch.owners.items()}
    if patch.units:
        moves.merge(derive(alignment, in_units(list(patch.units))))
    redrawn = list(_redrawn(patch))
    if redrawn:
        moves.merge(derive(alignment, between(redrawn), preferred=preferred))
    if patch.overrides:
        moves.merge(derive(alignment, given(list(patch.overrides)), preferred=preferred))
    return moves


def _redrawn(patch: Patch) -> Iterable[tuple[MultiPolygon | None, MultiPolygon | None]]:
    """Boundaries before and after, of the territories where they differ."""
    for before, after in patch.territories.values():
        old, new = (before or {}).get("boundary"), (after or {}).get("boundary")
        if old != new:
            yield decode_boundary(old), decode_boundary(new)
