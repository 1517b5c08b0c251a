"""Rows of a sheet against the units and territories of an alignment: what they say, and what cannot be taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from territory.models import Alignment, BasicUnit, Territory
from territory.unit_sheets.reading import SheetRow, UnitSheet

CODE_MAX, NAME_MAX = 40, 200


class Rest(StrEnum):
    """What becomes of units that the sheet does not name."""

    KEEP = "keep"
    NOBODY = "nobody"


@dataclass(frozen=True)
class MatchChoices:
    """`pad_codes`: read 1001 as 01001, where a spreadsheet took the zeros away."""

    rest: Rest = Rest.KEEP
    create_territories: bool = False
    pad_codes: bool = False


@dataclass(frozen=True)
class SheetProblem:
    line: int
    problem: str
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class NewTerritory:
    code: str
    name: str


@dataclass
class Matched:
    """`owners`: unit id → territory id, None for nobody, or the key of a new territory. `disputed`: named twice."""

    owners: dict[int, int | str | None] = field(default_factory=dict)
    new: dict[str, NewTerritory] = field(default_factory=dict)
    disputed: set[int] = field(default_factory=set)
    problems: list[SheetProblem] = field(default_factory=list)
    n_padded: int = 0
    n_can_be_padded: int = 0


def match_sheet(alignment: Alignment, sheet: UnitSheet, choices: MatchChoices) -> Matched:
    """What the sheet says. A row that cannot be taken is a problem, and says nothing about its unit."""
    matched = Matched(problems=[SheetProblem(line, problem) for line, problem in sheet.broken])
    units = _Units(alignment)
    territories = _Territories(alignment)
    said: dict[int, dict[int | str | None, SheetRow]] = defaultdict(dict)
    for row in sheet.rows:
        unit_id = units.find(row.unit)
        padded = units.find_padded(row.unit) if unit_id is None else None
        matched.n_can_be_padded += padded is not None
        if padded is not None and choices.pad_codes:
            unit_id = padded
            matched.n_padded += 1
        if unit_id is None:
            matched.problems.append(_unknown_unit(row, sheet, units.padded(row.unit) if padded else None))
            continue
        owner = territories.find(row, sheet, choices, matched)
        if isinstance(owner, SheetProblem):
            matched.problems.append(owner)
            matched.disputed.add(unit_id)
        else:
            said[unit_id].setdefault(owner, row)
    _settle(said, sheet, matched)
    matched.problems.sort(key=lambda problem: problem.line)
    used = set(matched.owners.values())
    matched.new = {key: new for key, new in matched.new.items() if key in used}
    return matched


def _settle(said: Mapping[int, Mapping[int | str | None, SheetRow]], sheet: UnitSheet, matched: Matched) -> None:
    """A unit has the one territory that its rows agree on; where they do not, each of them is a problem."""
    for unit_id, owners in said.items():
        if len(owners) == 1 and unit_id not in matched.disputed:
            [matched.owners[unit_id]] = owners
        elif len(owners) > 1:
            matched.disputed.add(unit_id)
            first, *others = owners.values()
            for row in others:
                problem = f"gives the unit to “{row.territory or 'nobody'}”; line {first.line:,} gives it to "
                problem += f"“{first.territory or 'nobody'}”"
                matched.problems.append(SheetProblem(row.line, problem, sheet.unit_column, row.unit))


def _unknown_unit(row: SheetRow, sheet: UnitSheet, meant: str | None) -> SheetProblem:
    problem = "is no unit of this alignment's layer"
    if meant is not None:
        problem += f"; {meant} is: the zeros in front may have got lost"
    return SheetProblem(row.line, problem, sheet.unit_column, row.unit)


class _Units:
    def __init__(self, alignment: Alignment) -> None:
        found = BasicUnit.objects.filter(workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id)
        self._by_code = dict(found.values_list("code", "id"))
        widths = {len(code) for code in self._by_code}
        is_numbers = all(code.isdecimal() for code in self._by_code)
        self._width = widths.pop() if len(widths) == 1 and is_numbers else None

    def find(self, code: str) -> int | None:
        return self._by_code.get(code)

    def padded(self, code: str) -> str | None:
        """The code with the zeros that all codes of the layer would have at that length."""
        return code.zfill(self._width) if self._width and code.isdecimal() and len(code) < self._width else None

    def find_padded(self, code: str) -> int | None:
        padded = self.padded(code)
        return None if padded is None else self._by_code.get(padded)


class _Territories:
    def __init__(self, alignment: Alignment) -> None:
        present = list(Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment))
        self._by_code = _only_once((territory.code, territory.pk) for territory in present)
        self._by_name = _only_once((territory.name, territory.pk) for territory in present)
        self._by_folded = _only_once((territory.name.casefold(), territory.pk) for territory in present)

    def find(
        self, row: SheetRow, sheet: UnitSheet, choices: MatchChoices, matched: Matched
    ) -> int | str | SheetProblem | None:
        """By code, then by name, then by name without regard to capitals; a new one is made where that was chosen."""
        text = row.territory
        if not text:
            return None
        for known, key in ((self._by_code, text), (self._by_name, text), (self._by_folded, text.casefold())):
            if key in known:
                found = known[key]
                if found is None:
                    problem = "is what several territories are called; use their codes"
                    return SheetProblem(row.line, problem, sheet.territory_column, text)
                return found
        if not choices.create_territories:
            return SheetProblem(row.line, "is no territory of this alignment", sheet.territory_column, text)
        name = row.name or text
        if len(text) > CODE_MAX or len(name) > NAME_MAX:
            problem = f"is too long for a new territory: at most {CODE_MAX} characters of code, {NAME_MAX} of name"
            return SheetProblem(row.line, problem, sheet.territory_column, text)
        matched.new.setdefault(text, NewTerritory(text, name))
        return text


def _only_once(pairs: Iterable[tuple[str, int]]) -> dict[str, int | None]:
    """What a key leads to; None where it leads to several."""
    pairs = list(pairs)
    count = Counter(key for key, _ in pairs)
    return {key: value if count[key] == 1 else None for key, value in pairs}
