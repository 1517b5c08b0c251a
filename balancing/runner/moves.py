"""The list of moves from today's alignment to the proposal, with what each does to both territories."""

from typing import Any

from balancing.engine.result import Result
from balancing.models import Move, Run
from balancing.problems.aims import BALANCED_KEYS
from balancing.problems.statement import Statement
from balancing.problems.wording import move_reason

_ACCOUNTS, _REVENUE, _WORKLOAD = (BALANCED_KEYS.index(key) for key in ("accounts", "revenue", "workload"))


def write_moves(run: Run, stated: Statement, result: Result) -> int | None:
    """Moves speak of the territories of the alignment they start from: each could be made there by hand.

    Returns after how many of them all that must be kept is kept; None when it never is.
    """
    replay = Replay(stated)
    enough = 0 if replay.is_within else None
    rows = []
    for position, move in enumerate(result.moves, start=1):
        effect = replay.effect(move.unit, move.source, move.target)
        if enough is None and replay.is_within:
            enough = position
        rows.append(
            Move(
                workspace_id=run.workspace_id,
                run=run,
                position=position,
                unit_id=int(stated.units.ids[move.unit]),
                from_territory_id=stated.territories[move.source].pk if move.source >= 0 else None,
                to_territory_id=stated.territories[move.target].pk,
                n_accounts=int(stated.units.sums[move.unit, _ACCOUNTS]),
                revenue_minor=int(stated.units.sums[move.unit, _REVENUE]),
                workload_h=float(stated.units.sums[move.unit, _WORKLOAD]),
                reason=move_reason(move, stated)[:300],
                effect=effect,
            )
        )
    Move.objects.bulk_create(rows, batch_size=1000)
    return enough


class Replay:
    """Loads as the moves are made one after the other; targets are those of the finished plan."""

    def __init__(self, stated: Statement) -> None:
        self._stated = stated
        self._loads = stated.loads(stated.problem.current)
        self._deviations = stated.deviations(self._loads)

    @property
    def is_within(self) -> bool:
        """Whether all that must be kept is kept by now, by locked territories too."""
        return self._stated.is_within(self._loads)

    def effect(self, unit: int, source: int, target: int) -> list[dict[str, Any]]:
        """Deviations of both territories before and after this move, for each balanced metric."""
        weights = self._stated.problem.weights[unit]
        before = self._deviations
        if source >= 0:
            self._loads[source] -= weights
        self._loads[target] += weights
        after = self._deviations = self._stated.deviations(self._loads)
        return [
            {
                "metric": self._stated.columns[m],
                "from_before": float(before[source, m]) if source >= 0 else None,
                "from_after": float(after[source, m]) if source >= 0 else None,
                "to_before": float(before[target, m]),
                "to_after": float(after[target, m]),
            }
            for m in self._stated.balanced
        ]
