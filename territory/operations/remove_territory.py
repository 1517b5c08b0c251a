from territory.models import Alignment
from territory.operations.planned import Planned, present_overrides, present_units, territory_of
from territory.patches import Patch, territory_fields


def remove_territory(alignment: Alignment, *, territory_id: int) -> Planned:
    """Take a territory away. Its ground and named accounts are covered by nobody until somebody gets them."""
    territory = territory_of(alignment, territory_id)
    units = present_units(alignment, territory=territory)
    overrides = present_overrides(alignment, territory=territory)
    patch = Patch(
        units=dict.fromkeys(units, (territory_id, None)),
        territories={territory_id: (territory_fields(territory, alignment.basis), None)},
        overrides={account_id: (fields, None) for account_id, fields in overrides.items()},
    )
    return Planned(patch, f"Removed territory “{territory.name}”")
