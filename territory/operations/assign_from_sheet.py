from collections.abc import Iterable

from territory.colours import colour_of
from territory.models import Alignment, Basis, Territory
from territory.operations.add_territory import TERRITORIES_MAX
from territory.operations.planned import Planned, next_territory_ids, present_units, require_basis
from territory.patches import Patch
from territory.patches.patch import FieldsChange
from territory.unit_sheets.matching import MatchChoices, NewTerritory, Rest, match_sheet
from territory.unit_sheets.reading import UnitSheet
from workspace.exceptions import Conflict, Invalid
from workspace.wording import plural


def assign_from_sheet(alignment: Alignment, *, sheet: UnitSheet, choices: MatchChoices, skip_problems: bool) -> Planned:
    """Units get the territories that a sheet says, new ones among them, in one step."""
    require_basis(alignment, Basis.UNITS)
    matched = match_sheet(alignment, sheet, choices)
    if matched.problems and not skip_problems:
        first = matched.problems[0]
        said = f"line {first.line:,}: {first.value or 'it'} {first.problem}"
        raise Conflict(
            f"{plural(len(matched.problems), 'row')} cannot be taken ({said}). Leave them out, or mend the file."
        )
    ids = dict(zip(matched.new, next_territory_ids(len(matched.new)), strict=True))
    territories = _new_territories(alignment, ids, matched.new.values())
    present = present_units(alignment)
    wanted = {unit: ids[owner] if isinstance(owner, str) else owner for unit, owner in matched.owners.items()}
    if choices.rest == Rest.NOBODY:
        wanted |= {unit: None for unit in present if unit not in wanted and unit not in matched.disputed}
    units = {unit: (present.get(unit), owner) for unit, owner in wanted.items() if present.get(unit) != owner}
    return Planned(
        Patch(units=units, territories=territories), f"Gave {plural(len(units), 'unit')} by {sheet.filename[:150]}"
    )


def _new_territories(
    alignment: Alignment, ids: dict[str, int], wanted: Iterable[NewTerritory]
) -> dict[int, FieldsChange]:
    """After the present ones, in the order in which the sheet names them."""
    positions = list(
        Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment).values_list(
            "position", flat=True
        )
    )
    if len(positions) + len(ids) > TERRITORIES_MAX:
        problem = "would make more territories than are possible; is it the right column?"
        raise Invalid.field("territory_column", problem, value=len(ids), bound=TERRITORIES_MAX)
    first = max(positions, default=-1) + 1
    return {
        ids[new.code]: (
            None,
            {
                "name": new.name,
                "code": new.code,
                "colour": colour_of(position),
                "rep_id": None,
                "target_share": None,
                "is_locked": False,
                "position": position,
                "region": "",
            },
        )
        for position, new in enumerate(wanted, start=first)
    }
