from collections.abc import Sequence
from typing import Any

from territory.models import Alignment
from territory.operations.planned import Planned, named, territories_of
from territory.patches import Patch
from workspace.exceptions import Invalid

SEPARATOR = "/"
REGION_MAX = 200


def update_territories(
    alignment: Alignment,
    *,
    territory_ids: Sequence[int],
    is_locked: bool | None = None,
    region: str | None = None,
    colours: Sequence[str] | None = None,
) -> Planned:
    """Lock, region or colours of several territories: nothing that moves an account.

    `region` is a path from the top down, its parts divided by “/”; empty takes them out of their region. `colours`
    has one for each of the territories.
    """
    ids = list(dict.fromkeys(territory_ids))
    if colours is not None and (len(colours) != len(territory_ids) or len(ids) != len(territory_ids)):
        bound = len(ids)
        raise Invalid.field("colours", "give one colour for each territory", value=len(colours), bound=bound)
    path = None if region is None else region_path(region)
    common = {name: value for name, value in {"is_locked": is_locked, "region": path}.items() if value is not None}
    territories: dict[int, Any] = {}
    touched = []
    for position, territory in enumerate(territories_of(alignment, ids, field="territory_ids")):
        wanted = common | ({} if colours is None else {"colour": colours[position]})
        changed = {name: value for name, value in wanted.items() if getattr(territory, name) != value}
        if changed:
            touched.append(territory)
            territories[territory.pk] = ({name: getattr(territory, name) for name in changed}, changed)
    return Planned(Patch(territories=territories), _label(named(touched), common, has_colours=colours is not None))


def region_path(text: str) -> str:
    """“ South/Georgia ” → “South / Georgia”."""
    parts = (" ".join(part.split()) for part in text.split(SEPARATOR))
    path = f" {SEPARATOR} ".join(part for part in parts if part)
    if len(path) > REGION_MAX:
        raise Invalid.field("region", "is too long", value=len(path), bound=REGION_MAX)
    return path


def _label(names: str, common: dict[str, Any], *, has_colours: bool) -> str:
    if len(common) + has_colours != 1:
        return f"Changed {names}"
    if has_colours:
        return f"Recoloured {names}"
    if "region" in common:
        return f"Put {names} into “{common['region']}”" if common["region"] else f"Took {names} out of the region"
    return f"{'Locked' if common['is_locked'] else 'Unlocked'} {names}"
