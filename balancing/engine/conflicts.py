"""Which limits contradict each other, and how far the nearest tolerance is that would do.

Units may be divided and territories need not hang together here, so what cannot be kept even then cannot be kept at
all. Units alike in where they may be are taken as one. The limits are thinned out by a deletion filter (Chinneck and
Dravnieks, 1991): what is left contradicts itself, and no longer without any one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from balancing.engine.arrays import BoolArray, FloatArray, LongArray
from balancing.engine.problem import Problem

_LARGEST = 100_000  # pairs of kind of unit and territory that a linear program is asked about
_SLACK = 1e-7


@dataclass(frozen=True)
class Remedy:
    """The least value of one limit at which all others can be kept; None: no value helps.

    territories  whose loads pinch at that value
    """

    limit: str
    metric: str | None
    least: float | None
    territories: tuple[int, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """A smallest set of limits that cannot be kept together, and what would mend it."""

    limits: tuple[str, ...]
    remedies: tuple[Remedy, ...]

    @property
    def message(self) -> str:
        ways = [
            f"{remedy.metric or 'what may move'} would need {100 * remedy.least:.1f} %{_where(remedy.territories)}"
            for remedy in self.remedies
            if remedy.least is not None
        ]
        mended = f" With the others kept, {', or '.join(ways)}." if ways else ""
        return f"Not all of these can be kept: {', '.join(self.limits)}.{mended}"


@dataclass(frozen=True)
class _Limit:
    """Pairs of kind and territory that are shut (C, K), or rows of A x <= b."""

    name: str
    shut: BoolArray | None = None
    rows: csr_array | None = None
    bounds: FloatArray | None = None
    metric: int | None = None


def find_conflict(problem: Problem, max_moved_fraction: float | None = None) -> Conflict | None:
    """A smallest contradiction among tolerances, limits, locks, forbidden pairs and the most that may move.

    None where there is none, and where too many kinds of units make the question dear.
    """
    kept = problem.kept
    if not len(problem.forbidden) and not (kept >= 0).any() and max_moved_fraction is None:
        return None
    kind, first = _kinds(problem, with_current=max_moved_fraction is not None)
    if len(first) * problem.n_territories > _LARGEST:
        return None
    program = _Program(problem, kind, first)
    limits = program.limits(max_moved_fraction)
    if program.is_feasible(limits):
        return None
    for limit in tuple(limits):
        without = [other for other in limits if other is not limit]
        if not program.is_feasible(without):
            limits = without
    remedies = [program.remedy(limit, limits) for limit in limits if limit.metric is not None or limit.shut is None]
    return Conflict(tuple(limit.name for limit in limits), tuple(remedy for remedy in remedies if remedy))


class _Program:
    """x (C, K): the part of each kind of unit that each territory gets."""

    def __init__(self, problem: Problem, kind: LongArray, first: LongArray) -> None:
        self._problem, self._kind, self._first = problem, kind, first
        self._shape = (len(first), problem.n_territories)
        self._loads = np.zeros((len(first), problem.n_metrics))
        np.add.at(self._loads, kind, problem.weights / np.where(problem.totals > 0, problem.totals, 1.0))

    def limits(self, max_moved_fraction: float | None) -> list[_Limit]:
        problem, found = self._problem, []
        if len(problem.forbidden):
            shut = np.zeros(self._shape, dtype=np.bool_)
            shut[self._kind[problem.forbidden[:, 0]], problem.forbidden[:, 1]] = True
            found.append(_Limit("forbidden pairs", shut))
        kept = problem.kept[self._first]
        if (kept >= 0).any():
            found.append(_Limit("locked units", (kept[:, None] >= 0) & (kept[:, None] != np.arange(self._shape[1]))))
        if max_moved_fraction is not None:
            name = f"at most {100 * max_moved_fraction:g} % moved"
            found.append(_Limit(name, None, self._moved(), np.array([max_moved_fraction])))
        for m in problem.balanced_metrics:
            if np.isinf(problem.tolerance_prices[m]) and not (problem.has_trips and m == problem.trip_metric):
                found += self._limits_on(m)
        return found

    def _limits_on(self, m: int) -> list[_Limit]:
        problem, loads = self._problem, self._rows(m)
        name, tolerance, shares = problem.metric_names[m], problem.tolerances[m], problem.shares
        least, most = problem.least[:, m] / problem.totals[m], problem.most[:, m] / problem.totals[m]
        found = []
        if np.isfinite(tolerance):
            bounds = np.concatenate((shares * (1 + tolerance), -shares * (1 - tolerance)))
            rows = vstack((loads, -loads), format="csr")
            found.append(_Limit(f"{name} within {100 * tolerance:g} %", None, rows, bounds, m))
        if (least > 0).any():
            found.append(_Limit(f"the least {name}", None, -loads, -least))
        if (most < 1).any():
            found.append(_Limit(f"the most {name}", None, loads, np.minimum(1.0, most)))
        return found

    def is_feasible(self, limits: list[_Limit]) -> bool:
        return bool(self._solved(limits).status == 0)

    def remedy(self, limit: _Limit, limits: list[_Limit]) -> Remedy | None:
        others = [other for other in limits if other is not limit]
        if limit.metric is not None:
            return self._least_tolerance(limit, others)
        if limit.bounds is not None and len(limit.bounds) == 1:
            found = self._solved(others, costs=self._moved().toarray()[0])
            return Remedy(limit.name, None, float(found.fun) if found.status == 0 else None)
        return None

    def _least_tolerance(self, limit: _Limit, others: list[_Limit]) -> Remedy:
        """The least t with loads within shares x (1 ± t), as one more variable of the program."""
        assert limit.metric is not None
        shares, name = self._problem.shares, self._problem.metric_names[limit.metric]
        column = csr_array(-np.concatenate((shares, shares))[:, None])
        widened = _Limit(name, None, hstack((limit.rows, column), format="csr"), np.concatenate((shares, -shares)))
        costs = np.append(np.zeros(self._shape[0] * self._shape[1]), 1.0)
        found = self._solved([widened, *others], costs=costs)
        if found.status != 0:
            return Remedy(limit.name, name, None)
        pinch = np.abs(found.ineqlin.marginals[: 2 * len(shares)]).reshape(2, -1).sum(axis=0)
        return Remedy(limit.name, name, float(found.x[-1]), tuple(np.flatnonzero(pinch > _SLACK).tolist()))

    def _rows(self, m: int) -> csr_array:
        """Load (K, C·K) of each territory on one metric, as a share of its total."""
        n_kinds, n_territories = self._shape
        columns = np.arange(n_kinds * n_territories)
        values = np.repeat(self._loads[:, m], n_territories)
        return csr_array((values, (columns % n_territories, columns)), shape=(n_territories, len(columns)))

    def _moved(self) -> csr_array:
        """The part of the primary metric that changes hands, as a row."""
        current = self._problem.current[self._first][:, None]
        away = (current >= 0) & (current != np.arange(self._shape[1]))
        return csr_array((away * self._loads[:, [0]]).reshape(1, -1))

    def _solved(self, limits: list[_Limit], costs: FloatArray | None = None) -> Any:
        n_kinds, n_territories = self._shape
        n_pairs = n_kinds * n_territories
        wanted = np.zeros(n_pairs) if costs is None else costs
        n_extra = len(wanted) - n_pairs
        shut = np.zeros(self._shape, dtype=np.bool_)
        for limit in limits:
            shut |= False if limit.shut is None else limit.shut
        upper = np.concatenate((np.where(shut.ravel(), 0.0, np.inf), np.full(n_extra, np.inf)))
        pairs = np.arange(n_pairs)
        whole = csr_array((np.ones(n_pairs), (pairs // n_territories, pairs)), shape=(n_kinds, len(wanted)))
        rows = [_widened(limit.rows, len(wanted)) for limit in limits if limit.rows is not None]
        bounds = [limit.bounds for limit in limits if limit.bounds is not None]
        return linprog(
            wanted,
            A_ub=vstack(rows, format="csr") if rows else None,
            b_ub=np.concatenate(bounds) + _SLACK if rows else None,
            A_eq=whole,
            b_eq=np.ones(n_kinds),
            bounds=np.column_stack((np.zeros(len(wanted)), upper)),
            method="highs",
        )


def _kinds(problem: Problem, *, with_current: bool) -> tuple[LongArray, LongArray]:
    """The kind (N,) of each unit and the first unit (C,) of each: those of a kind may be in the same territories."""
    pairs = np.unique(problem.forbidden, axis=0).reshape(-1, 2)
    mark = np.zeros(problem.n_units, dtype=np.uint64)
    codes = np.random.default_rng(0).integers(2**63, size=problem.n_territories, dtype=np.uint64)
    np.add.at(mark, pairs[:, 0], codes[pairs[:, 1]])
    keys = np.column_stack((mark, problem.kept.astype(np.uint64), problem.current.astype(np.uint64) * with_current))
    _, first, kind = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return kind.reshape(-1), first


def _widened(rows: csr_array, n_columns: int) -> csr_array:
    return csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], n_columns))


def _where(territories: tuple[int, ...]) -> str:
    if not territories:
        return ""
    shown = ", ".join(str(k) for k in territories[:5]) + (", …" if len(territories) > 5 else "")
    return f" (territories {shown})"
