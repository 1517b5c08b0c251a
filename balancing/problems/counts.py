"""What no search can mend, refused before one is started."""

import numpy as np
from numpy.typing import NDArray

from workspace.exceptions import Invalid

NEEDS_UNITS = "The optimizer needs a units alignment; make a copy on a unit layer first."
NO_ACCOUNTS = "No account lies in a unit of this layer: import accounts, or choose a layer that covers them."


def check_counts(n_units: int, n_territories: int, *, has_accounts: bool, n_locked: int = 0) -> None:
    """Counts without what is locked."""
    if n_territories == 0 and n_locked > 0:
        raise Invalid.field("alignment_id", "has only locked territories; unlock at least one", value=0, bound=1)
    if n_territories == 0:
        raise Invalid.field("alignment_id", "has no territory; add at least one", value=0, bound=1)
    if not has_accounts:
        raise Invalid.field("alignment_id", NO_ACCOUNTS, value=0, bound=1)
    if n_territories > n_units:
        problem = (
            f"has more territories ({n_territories}) than units ({n_units}); choose a finer unit layer "
            "or merge territories"
        )
        raise Invalid.field("alignment_id", problem, value=n_territories, bound=n_units)


def check_groups(groups: NDArray[np.int64] | None, n_territories: int) -> None:
    """Groups (N,) of units that stay together; each territory needs one."""
    n_groups = n_territories if groups is None else len(np.unique(groups))
    if n_groups < n_territories:
        groups_left = f"{n_groups} {'group' if n_groups == 1 else 'groups'} of units"
        problem = f"leaves only {groups_left} for {n_territories} territories; keep less together"
        raise Invalid.field("keep_together", problem, value=n_groups, bound=n_territories)
