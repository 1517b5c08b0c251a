"""Units that alone hold more than a territory should: no design over such units can be balanced."""

import shapely

from balancing.findings.finding import Finding, FindingKind
from balancing.findings.load import load_metric
from balancing.findings.look import Look
from balancing.scorecard.balance import COLUMN
from territory.models import BasicUnit, Basis

_FIELD = {"workload": "workload_h", "accounts": "n_accounts"}


def find_coarse_units(look: Look) -> list[Finding]:
    """Heavier than the largest target with its tolerance."""
    alignment = look.alignment
    if alignment.basis != Basis.UNITS or len(look.territories) < 2:
        return []
    key = load_metric(look)
    column = COLUMN[key]
    target = float(look.balance.targets[:, column].max())
    most = target * (1 + float(look.balance.tolerances[column]))
    coarse = BasicUnit.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, **{f"{_FIELD[key]}__gt": most}
    )
    return [_finding(unit, float(getattr(unit, _FIELD[key])), target, key) for unit in coarse] if most > 0 else []


def _finding(unit: BasicUnit, load: float, target: float, key: str) -> Finding:
    """Money: the revenue of the part that no territory can take."""
    noun = "h of work" if key == "workload" else "accounts"
    beyond = 1 - target / load
    return Finding(
        id=f"coarse_unit-{unit.code}",
        kind=FindingKind.COARSE_UNIT,
        title=f"{unit.name} is too large for one territory",
        detail=(
            f"It holds {load:,.0f} {noun}, and a territory should have {target:,.0f} at the most. "
            "A unit is never divided: choose smaller units, postcodes or hexagons."
        ),
        money_minor=round(beyond * unit.revenue_minor),
        n_accounts=round(beyond * unit.n_accounts),
        revenue_minor=round(beyond * unit.revenue_minor),
        potential_minor=round(beyond * unit.potential_minor),
        hours_h=beyond * unit.workload_h,
        area_km2=unit.area_m2 / 1e6,
        geometry=shapely.from_wkb(bytes(unit.boundary.wkb)),
    )
