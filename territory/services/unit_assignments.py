"""A sheet of units and territories: looked at first, then one edit that can be undone."""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Sum

from territory.models import Alignment, BasicUnit
from territory.services.edit_alignment import Edited, edit_alignment, plan_edit
from territory.unit_sheets.matching import MatchChoices, NewTerritory, SheetProblem, match_sheet
from territory.unit_sheets.reading import UnitSheet
from workspace.models import Member

OPERATION = "assign_from_sheet"
PROBLEMS_SHOWN = 200
NEW_SHOWN = 200


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet would do. `n_rest`: units of the layer that it does not name. `new`: territories that are not there
    yet, with their units, whether or not they are to be made.
    """

    sheet: UnitSheet
    n_units: int
    n_moved: int
    n_cleared: int
    n_accounts: int
    n_rest: int
    n_padded: int
    n_can_be_padded: int
    new: list[tuple[NewTerritory, int]]
    problems: list[SheetProblem]

    def as_dict(self) -> dict[str, Any]:
        """For an answer; the first 200 problems and new territories are listed, all are counted."""
        sheet = self.sheet
        listed = [asdict(new) | {"n_units": n_units} for new, n_units in self.new[:NEW_SHOWN]]
        return {
            "filename": sheet.filename,
            "sheets": sheet.detected.sheets,
            "sheet": sheet.detected.sheet,
            "encoding": sheet.detected.encoding or None,
            "delimiter": sheet.detected.delimiter or None,
            "columns": sheet.columns,
            "unit_column": sheet.unit_column,
            "territory_column": sheet.territory_column,
            "n_rows": len(sheet.rows) + len(sheet.broken),
            "n_units": self.n_units,
            "n_moved": self.n_moved,
            "n_cleared": self.n_cleared,
            "n_accounts": self.n_accounts,
            "n_rest": self.n_rest,
            "n_padded": self.n_padded,
            "n_can_be_padded": self.n_can_be_padded,
            "n_new_territories": len(self.new),
            "new_territories": listed,
            "n_problems": len(self.problems),
            "problems": [asdict(problem) for problem in self.problems[:PROBLEMS_SHOWN]],
        }


def plan_unit_assignments(alignment: Alignment, sheet: UnitSheet, choices: MatchChoices) -> SheetPlan:
    """What the rows that can be taken would do to the present state; locks refuse it as they would the edit."""
    arguments = {"sheet": sheet, "choices": choices, "skip_problems": True}
    units = plan_edit(alignment, operation=OPERATION, arguments=arguments).patch.units
    matched = match_sheet(alignment, sheet, choices)
    tenant = {"workspace_id": alignment.workspace_id}
    n_all = BasicUnit.objects.filter(**tenant, layer_id=alignment.unit_layer_id).count()
    moved = BasicUnit.objects.filter(**tenant, pk__in=list(units)).aggregate(n=Sum("n_accounts"))
    offered = match_sheet(alignment, sheet, replace(choices, create_territories=True))
    per_new = Counter(owner for owner in offered.owners.values() if isinstance(owner, str))
    return SheetPlan(
        sheet=sheet,
        n_units=len(matched.owners),
        n_moved=len(units),
        n_cleared=sum(after is None for _, after in units.values()),
        n_accounts=moved["n"] or 0,
        n_rest=n_all - len(matched.owners.keys() | matched.disputed),
        n_padded=matched.n_padded,
        n_can_be_padded=matched.n_can_be_padded,
        new=[(new, per_new[key]) for key, new in offered.new.items()],
        problems=matched.problems,
    )


def assign_from_sheet(
    alignment_id: int,
    *,
    sheet: UnitSheet,
    choices: MatchChoices,
    skip_problems: bool,
    revision: int | None,
    actor: Member,
) -> Edited:
    """All rows, or with `skip_problems` those that can be taken; one change in the history."""
    arguments = {"sheet": sheet, "choices": choices, "skip_problems": skip_problems}
    return edit_alignment(alignment_id, operation=OPERATION, arguments=arguments, revision=revision, actor=actor)
