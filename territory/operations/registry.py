from collections.abc import Callable

from territory.operations.add_territory import add_territory
from territory.operations.assign_from_sheet import assign_from_sheet
from territory.operations.assign_ground import assign_ground
from territory.operations.assign_units import assign_units
from territory.operations.cover_units import cover_units
from territory.operations.fill_holes import fill_holes
from territory.operations.give_to_neighbour import give_to_neighbour
from territory.operations.hand_over import hand_over
from territory.operations.merge_territories import merge_territories
from territory.operations.move_corner import move_corner
from territory.operations.move_units import move_units
from territory.operations.overrides import clear_overrides, set_overrides
from territory.operations.planned import Planned
from territory.operations.remove_territory import remove_territory
from territory.operations.resolve_overlap import resolve_overlap
from territory.operations.set_boundary import set_boundary
from territory.operations.split_territory import split_territory
from territory.operations.update_territories import update_territories
from territory.operations.update_territory import update_territory

OPERATIONS: dict[str, Callable[..., Planned]] = {
    "assign_units": assign_units,
    "move_units": move_units,
    "cover_units": cover_units,
    "set_boundary": set_boundary,
    "move_corner": move_corner,
    "add_territory": add_territory,
    "remove_territory": remove_territory,
    "merge_territories": merge_territories,
    "update_territory": update_territory,
    "update_territories": update_territories,
    "hand_over": hand_over,
    "set_overrides": set_overrides,
    "clear_overrides": clear_overrides,
    "give_to_neighbour": give_to_neighbour,
    "fill_holes": fill_holes,
    "split_territory": split_territory,
    "resolve_overlap": resolve_overlap,
    "assign_ground": assign_ground,
    "assign_from_sheet": assign_from_sheet,
}
