"""What may be asked of single territories: limits that name what is there and do not contradict each other."""

from collections.abc import Mapping

from accounts.metrics import METRIC_BY_KEY
from balancing.problems.aims import BALANCED_KEYS, Limit, RunSettings
from workspace.exceptions import Invalid

HEADROOM_MAX = 0.5
LIMITS_MAX = 1000


def check_limits(settings: RunSettings) -> None:
    """Refuse, by name and bound, limits that mean nothing by themselves."""
    if len(settings.limits) > LIMITS_MAX:
        raise Invalid.field("limits", "are too many", value=len(settings.limits), bound=LIMITS_MAX)
    may_be_missed = {aim.key for aim in settings.aims if aim.miss_price_km is not None}
    known: set[tuple[str, int | None]] = set()
    for place, limit in enumerate(settings.limits):
        _check_limit(f"limits.{place}", limit, may_be_missed)
        if (limit.key, limit.territory_id) in known:
            raise Invalid.field(f"limits.{place}.key", "is limited twice there; keep one of both", value=limit.key)
        known.add((limit.key, limit.territory_id))
    headroom = settings.headroom
    if not 0 <= headroom <= HEADROOM_MAX:
        raise Invalid.field("headroom", "must be from 0 % to 50 %", value=headroom, bound=[0, HEADROOM_MAX])
    if headroom > 0 and all(limit.most is None for limit in settings.limits):
        raise Invalid.field("headroom", "there is no most to stay under; set one, or leave no room", value=headroom)


def check_limits_fit(settings: RunSettings, names: Mapping[int, str]) -> None:
    """Refuse limits on territories that are not among these, and those that leave one no room at all."""
    for place, limit in enumerate(settings.limits):
        if limit.territory_id is not None and limit.territory_id not in names:
            problem = "this territory is not in the alignment any more; remove its limit"
            raise Invalid.field(f"limits.{place}.territory_id", problem, value=limit.territory_id)
    for place, limit in enumerate(settings.limits):
        least, most = _sides(settings, limit)
        if least is None or most is None or least <= most * (1 - settings.headroom):
            continue
        where = "every territory" if limit.territory_id is None else names[limit.territory_id]
        if least > most:
            problem = f"{where} must have more than it may have; raise the most, or lower the least"
            raise Invalid.field(f"limits.{place}.least", problem, value=least, bound=most)
        problem = f"leaves {where} less than it must have; leave less room, or lower the least"
        raise Invalid.field("headroom", problem, value=settings.headroom, bound=1 - least / most)


def _check_limit(field: str, limit: Limit, may_be_missed: set[str]) -> None:
    if limit.key == "travel" or limit.key not in METRIC_BY_KEY:
        raise Invalid.field(f"{field}.key", "cannot be limited", value=limit.key, bound=list(BALANCED_KEYS))
    if limit.key in may_be_missed:
        problem = "is a metric whose tolerance may be missed, and a limit never may; take the tolerance as one to keep"
        raise Invalid.field(f"{field}.key", problem, value=limit.key)
    if limit.least is None and limit.most is None:
        raise Invalid.field(field, "needs a least, a most or both")
    for side, value in (("least", limit.least), ("most", limit.most)):
        if value is not None and not value >= 0:
            raise Invalid.field(f"{field}.{side}", "must be 0 or more", value=value, bound=0)


def _sides(settings: RunSettings, limit: Limit) -> tuple[float | None, float | None]:
    """Least and most that hold where this limit does: each its own, or else that of all territories."""
    others = [one for one in settings.limits if one.key == limit.key and one.territory_id is None]
    general = others[0] if others else limit
    least = general.least if limit.least is None else limit.least
    return least, general.most if limit.most is None else limit.most
