from collections.abc import Sequence
from dataclasses import dataclass

from territory.colours import colour_of
from territory.models import Alignment, Territory
from territory.operations.planned import next_territory_ids


@dataclass(frozen=True)
class NewTerritory:
    """`code` empty: numbered by its place."""

    name: str
    rep_id: int | None = None
    code: str = ""


def add_territories(alignment: Alignment, wanted: Sequence[NewTerritory]) -> list[int]:
    """The first territories of an empty alignment, in this order."""
    ids = next_territory_ids(len(wanted))
    Territory.objects.bulk_create(
        Territory(
            id=territory_id,
            workspace_id=alignment.workspace_id,
            alignment=alignment,
            name=territory.name,
            rep_id=territory.rep_id,
            code=territory.code or f"T{position + 1:03d}",
            colour=colour_of(position),
            position=position,
        )
        for position, (territory_id, territory) in enumerate(zip(ids, wanted, strict=True))
    )
    return ids
