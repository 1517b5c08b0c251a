"""What a row of patches has touched: whether somebody's edit meets what others did meanwhile."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from territory.patches.patch import Patch


@dataclass
class Touched:
    """Ids by kind. `territory_ids` came, went or have other fields; `holder_ids` gained or lost units or accounts."""

    unit_ids: set[int] = field(default_factory=set)
    account_ids: set[int] = field(default_factory=set)
    territory_ids: set[int] = field(default_factory=set)
    holder_ids: set[int] = field(default_factory=set)

    def as_dict(self) -> dict[str, list[int]]:
        return {name: sorted(ids) for name, ids in asdict(self).items()}


def touched_by(patches: Iterable[Patch]) -> Touched:
    touched = Touched()
    for patch in patches:
        touched.unit_ids |= patch.units.keys()
        touched.account_ids |= patch.overrides.keys()
        touched.territory_ids |= patch.territories.keys()
        touched.holder_ids |= patch.touched_territories
    return touched
