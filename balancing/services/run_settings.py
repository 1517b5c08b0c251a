"""What a run may be asked for: refused by name and bound before anything is read or written."""

from accounts.metrics import METRIC_BY_KEY
from balancing.problems.aims import BALANCED_KEYS, Aim, RunSettings
from balancing.problems.counts import NEEDS_UNITS, check_counts
from balancing.problems.groups import ATTRIBUTES
from balancing.services.limit_settings import check_limits, check_limits_fit
from territory.models import AccountUnit, Alignment, AlignmentState, BasicUnit, Basis, Territory
from workspace.exceptions import Conflict, Invalid

TOLERANCE_MIN, TOLERANCE_MAX = 0.001, 1.0
SEED_MAX = 2**31 - 1
DISTANCE_MIN_KM, DISTANCE_MAX_KM = 1.0, 20_000.0
PRICE_MAX = 1000.0
MISS_PRICE_MAX_KM = 1000.0
STARTS = ("current", "scratch")
OBJECTIVES = ("distance", "borders")


def check_settings(settings: RunSettings) -> None:
    """Refuse, by name and bound, what no run can aim at."""
    if not settings.aims:
        raise Invalid.field("metrics", "choose at least one metric", bound=list(BALANCED_KEYS))
    keys = [aim.key for aim in settings.aims]
    for place, aim in enumerate(settings.aims):
        _check_aim(f"metrics.{place}", aim, keys)
    if sum(aim.is_primary for aim in settings.aims) > 1:
        raise Invalid.field("metrics", "only one metric can be the primary one")
    limit = settings.max_moved_fraction
    if limit is not None and not 0 <= limit <= 1:
        raise Invalid.field("max_moved_fraction", "must be a fraction from 0 to 1", value=limit, bound=[0, 1])
    if settings.start not in STARTS:
        raise Invalid.field("from", "must be current or scratch", value=settings.start, bound=list(STARTS))
    if limit is not None and settings.start == "scratch":
        raise Invalid.field("max_moved_fraction", "a limit on moves needs a start from the current territories")
    _check_price(settings)
    _check_curve(settings)
    _check_reach(settings)
    _check_objective(settings)
    _check_connected(settings)
    check_limits(settings)
    if not 0 <= settings.seed <= SEED_MAX:
        raise Invalid.field("seed", "is out of range", value=settings.seed, bound=[0, SEED_MAX])


def check_alignment(alignment: Alignment, settings: RunSettings) -> None:
    """Refuse, in words, an alignment that no such run could start from. Cheap: nothing is summed."""
    if alignment.basis != Basis.UNITS:
        raise Invalid.field("alignment_id", NEEDS_UNITS)
    if alignment.state == AlignmentState.ARCHIVED:
        raise Conflict(f"“{alignment.name}” is archived; make a copy of it first.")
    here = {"workspace_id": alignment.workspace_id}
    _check_groups(alignment, settings)
    found = Territory.objects.filter(**here, alignment=alignment).values_list("pk", "name", "is_locked")
    check_limits_fit(settings, {pk: name for pk, name, _ in found})
    locks = [is_locked for _, _, is_locked in found]
    check_counts(
        BasicUnit.objects.filter(**here, layer_id=alignment.unit_layer_id).count(),
        locks.count(False),
        has_accounts=AccountUnit.objects.filter(**here, layer_id=alignment.unit_layer_id).exists(),
        n_locked=locks.count(True),
    )


def _check_aim(field: str, aim: Aim, keys: list[str]) -> None:
    if aim.key == "travel":
        problem = "travel cannot be balanced: it follows from distance, which every run keeps short"
        raise Invalid.field(f"{field}.key", problem, value=aim.key, bound=list(BALANCED_KEYS))
    if aim.key not in METRIC_BY_KEY:
        raise Invalid.field(f"{field}.key", "is not a metric", value=aim.key, bound=list(BALANCED_KEYS))
    if keys.count(aim.key) > 1:
        raise Invalid.field(f"{field}.key", "is named twice", value=aim.key)
    if not TOLERANCE_MIN <= aim.tolerance <= TOLERANCE_MAX:
        bound = [TOLERANCE_MIN, TOLERANCE_MAX]
        raise Invalid.field(f"{field}.tolerance", "must be from 0.1 % to 100 %", value=aim.tolerance, bound=bound)
    price = aim.miss_price_km
    if price is not None and not 0 <= price <= MISS_PRICE_MAX_KM:
        bound = [0, MISS_PRICE_MAX_KM]
        raise Invalid.field(f"{field}.miss_price_km", "must be from 0 to 1,000 km", value=price, bound=bound)
    if price is not None and aim.is_primary:
        problem = "the primary metric must be kept; let another one be missed"
        raise Invalid.field(f"{field}.miss_price_km", problem, value=price)


def _check_price(settings: RunSettings) -> None:
    price = settings.disruption_price
    if price is None:
        return
    if not 0 <= price <= PRICE_MAX:
        raise Invalid.field("disruption_price", "must be from 0 to 1,000", value=price, bound=[0, PRICE_MAX])
    if settings.start == "scratch":
        raise Invalid.field("disruption_price", "a price of change needs a start from the current territories")


def _check_curve(settings: RunSettings) -> None:
    if not settings.with_curve:
        return
    if settings.start == "scratch":
        raise Invalid.field("with_curve", "other plans to compare need a start from the current territories")
    if settings.max_moved_fraction is not None or settings.disruption_price is not None:
        raise Invalid.field("with_curve", "the plans to compare differ in limit and price: leave both out")


def _check_objective(settings: RunSettings) -> None:
    objective = settings.objective
    if objective not in OBJECTIVES:
        raise Invalid.field("objective", "must be distance or borders", value=objective, bound=list(OBJECTIVES))
    if objective == "distance":
        return
    if settings.start != "scratch":
        raise Invalid.field("objective", "short borders need a start from nothing", value=objective)
    if any(aim.miss_price_km is not None for aim in settings.aims):
        problem = "a miss is weighed against distance; with short borders every tolerance must be kept"
        raise Invalid.field("objective", problem, value=objective)


def _check_connected(settings: RunSettings) -> None:
    if settings.connected:
        return
    if settings.start != "scratch":
        raise Invalid.field("connected", "territories that need not be connected need a start from nothing")
    if settings.objective == "borders":
        problem = "short borders are for connected territories: keep distances short instead"
        raise Invalid.field("connected", problem)


def _check_reach(settings: RunSettings) -> None:
    limit = settings.max_distance_km
    if limit is None:
        return
    if not settings.use_homes:
        raise Invalid.field("max_distance_km", "a longest distance is measured from the reps' homes: use them")
    if not DISTANCE_MIN_KM <= limit <= DISTANCE_MAX_KM:
        bound = [DISTANCE_MIN_KM, DISTANCE_MAX_KM]
        raise Invalid.field("max_distance_km", "must be from 1 to 20,000 km", value=limit, bound=bound)


def _check_groups(alignment: Alignment, settings: RunSettings) -> None:
    wanted = settings.keep_together
    if wanted is None:
        return
    kind = alignment.unit_layer.kind if alignment.unit_layer is not None else ""
    known = [attribute.key for attribute in ATTRIBUTES if attribute.kind == kind]
    if wanted not in known:
        problem = f"units of this layer do not share that; choose {' or '.join(known)}, or nothing"
        raise Invalid.field("keep_together", problem, value=wanted, bound=known)
