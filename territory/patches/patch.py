from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

import shapely
from shapely import MultiPolygon

from territory.models import Basis, Territory

Fields = dict[str, Any]
UnitChange = tuple[int | None, int | None]
FieldsChange = tuple[Fields | None, Fields | None]

PLAIN_FIELDS = ("name", "code", "colour", "rep_id", "target_share", "is_locked", "position", "region")


@dataclass
class Patch:
    """What an edit changes, each as (before, after); None stands for “is not there”.

    `units`: unit → territory. `territories`: id → fields (all of them for one that comes or goes, only the changed
    ones otherwise; `boundary` as hexadecimal WKB in a drawn alignment). `overrides`: account → territory and reason.
    `owners`: who owned accounts that several drawn boundaries claim, known only once the patch was applied.
    """

    units: dict[int, UnitChange] = field(default_factory=dict)
    territories: dict[int, FieldsChange] = field(default_factory=dict)
    overrides: dict[int, FieldsChange] = field(default_factory=dict)
    owners: dict[int, UnitChange] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.units or self.territories or self.overrides)

    @property
    def n_parts(self) -> int:
        """Units, exceptions and territories that it changes."""
        return len(self.units) + len(self.overrides) + len(self.territories)

    def reversed(self) -> "Patch":
        return Patch(**{name: {key: (b, a) for key, (a, b) in part.items()} for name, part in vars(self).items()})

    def to_json(self) -> dict[str, Any]:
        return {
            name: {str(key): [before, after] for key, (before, after) in part.items()}
            for name, part in vars(self).items()
            if part
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            **{
                name: {int(key): (before, after) for key, (before, after) in part.items()}
                for name, part in value.items()
            }
        )

    @classmethod
    def of_change(cls, value: Mapping[str, Any]) -> Self:
        """The edit in a recorded change; renaming or publishing the alignment itself changes nothing on the map."""
        return cls.from_json({name: part for name, part in value.items() if name in PARTS})

    @property
    def created(self) -> dict[int, Fields]:
        return {i: after for i, (before, after) in self.territories.items() if before is None and after is not None}

    @property
    def removed(self) -> list[int]:
        return [i for i, (_, after) in self.territories.items() if after is None]

    @property
    def touched_territories(self) -> set[int]:
        by_units = {territory for change in self.units.values() for territory in change}
        by_overrides = {fields["territory_id"] for change in self.overrides.values() for fields in change if fields}
        return ({*self.territories} | by_units | by_overrides) - {None}


PARTS = frozenset(field.name for field in fields(Patch))


def territory_fields(territory: Territory, basis: str) -> Fields:
    """Everything needed to make this territory again."""
    fields = {name: getattr(territory, name) for name in PLAIN_FIELDS}
    if basis == Basis.DRAWN:
        fields["boundary"] = encode_boundary(shape_of(territory))
    return fields


def shape_of(territory: Territory) -> MultiPolygon | None:
    return None if territory.boundary is None else shapely.from_wkb(bytes(territory.boundary.wkb))


def encode_boundary(area: MultiPolygon | None) -> str | None:
    return None if area is None else str(shapely.to_wkb(area, hex=True, output_dimension=2))


def decode_boundary(encoded: str | None) -> MultiPolygon | None:
    return None if encoded is None else shapely.from_wkb(encoded)
