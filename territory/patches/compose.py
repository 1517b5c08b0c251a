"""Several patches as one, and one alignment's patch in the ids of its copy."""

from collections.abc import Iterable, Mapping

from territory.patches.patch import Fields, FieldsChange, Patch, UnitChange


def compose(patches: Iterable[Patch]) -> Patch:
    """What the patches change together, applied in this order. What ends as it began is left out."""
    whole = Patch()
    for patch in patches:
        for name in ("units", "owners", "overrides"):
            present, later = getattr(whole, name), getattr(patch, name)
            for key, (before, after) in later.items():
                present[key] = (present[key][0] if key in present else before, after)
        for key, change in patch.territories.items():
            known = whole.territories.get(key)
            whole.territories[key] = change if known is None else _fields(known, change)
    parts = {name: {k: (b, a) for k, (b, a) in part.items() if b != a} for name, part in vars(whole).items()}
    return Patch(**parts)


def _fields(first: FieldsChange, second: FieldsChange) -> FieldsChange:
    before = None if first[0] is None else {**(second[0] or {}), **first[0]}
    after = None if second[1] is None else {**(first[1] or {}), **second[1]}
    return before, after


def in_ids_of_copy(patch: Patch, ids: Mapping[int, int]) -> Patch:
    """The patch for a copy whose territories are `ids[original]`."""

    def unit(change: UnitChange) -> UnitChange:
        before, after = (None if i is None else ids[i] for i in change)
        return before, after

    def exception(fields: Fields | None) -> Fields | None:
        return None if fields is None else fields | {"territory_id": ids[fields["territory_id"]]}

    return Patch(
        units={key: unit(change) for key, change in patch.units.items()},
        territories={ids[key]: change for key, change in patch.territories.items()},
        overrides={key: (exception(b), exception(a)) for key, (b, a) in patch.overrides.items()},
        owners={key: unit(change) for key, change in patch.owners.items()},
    )
