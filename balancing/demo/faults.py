"""What is wrong in the demo on purpose, by names that stay the same in every database."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class PlantedOverlap:
    city: str
    territories: list[str]


@dataclass(frozen=True)
class PlantedWhiteSpace:
    """counties: five-digit FIPS codes."""

    counties: list[str]
    n_accounts: int
    potential_minor: int


@dataclass(frozen=True)
class PlantedFaults:
    """Territories by code: `overloaded` to `split` in the field plan, `overlaps` in the inside plan."""

    overloaded: list[str]
    idle: list[str]
    vacant: str
    split: str
    barrier: str
    white_space: PlantedWhiteSpace
    overrides: dict[str, str]
    overlaps: list[PlantedOverlap]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
