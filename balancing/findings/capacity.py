"""A team whose reps together have too few hours, or far more than they need."""

import numpy as np
from numpy.typing import NDArray

from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look

# Use of the team's hours: above the one reps are missing, below the other there is room for more work.
SHORT_ABOVE, ROOM_BELOW = 1.0, 0.7


def find_capacity(look: Look) -> list[Finding]:
    """What no moving of boundaries mends. A vacant territory's work is counted, and it brings no hours."""
    capacities_h = look.balance.capacities_h[look.balance.capacities_h > 0]
    needed_h = look.total("workload") + look.total("travel")
    if not len(capacities_h) or needed_h <= 0:
        return []
    used = needed_h / float(capacities_h.sum())
    if used > SHORT_ABOVE:
        return [_short(look, used, needed_h, capacities_h)]
    return [_room(used, needed_h, capacities_h)] if used < ROOM_BELOW else []


def _short(look: Look, used: float, needed_h: float, capacities_h: NDArray[np.float64]) -> Finding:
    """Money: the revenue of the part of the work that nobody has hours for."""
    beyond = 1 - 1 / used
    missing = (needed_h - float(capacities_h.sum())) / float(capacities_h.mean())
    revenue_minor = round(beyond * look.total("revenue"))
    return Finding(
        id="capacity-short",
        kind=FindingKind.CAPACITY,
        title=f"The team lacks {missing:.1f} reps",
        detail=f"Visits and travel need {_words(used, needed_h, capacities_h)}: moving boundaries cannot mend that.",
        action=(ActionKind.REBALANCE, "Add a rep"),
        money_minor=revenue_minor,
        n_accounts=round(beyond * look.total("accounts")),
        revenue_minor=revenue_minor,
        potential_minor=round(beyond * look.total("potential")),
        hours_h=needed_h - float(capacities_h.sum()),
    )


def _room(used: float, needed_h: float, capacities_h: NDArray[np.float64]) -> Finding:
    """No revenue is touched by hours that are left."""
    spare_h = float(capacities_h.sum()) - needed_h
    return Finding(
        id="capacity-room",
        kind=FindingKind.CAPACITY,
        title=f"The team has room for the work of {spare_h / float(capacities_h.mean()):.1f} reps",
        detail=f"Visits and travel need {_words(used, needed_h, capacities_h)}.",
        money_minor=0,
        hours_h=spare_h,
    )


def _words(used: float, needed_h: float, capacities_h: NDArray[np.float64]) -> str:
    return f"{needed_h:,.0f} h a year, {100 * used:.0f} % of the {float(capacities_h.sum()):,.0f} h that the reps have"
