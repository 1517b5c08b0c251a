"""What is true of a plan that a search found: measured from its labels, in the order of the problem's rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.bound import LowerBound, bound_at, lower_bound
from balancing.engine.certificates import Certificate
from balancing.engine.components import Layout
from balancing.engine.disruption import moved_fraction
from balancing.engine.dual import Stopped
from balancing.engine.graph import count_pieces
from balancing.engine.instance import Instance
from balancing.engine.moves import ordered_moves
from balancing.engine.parameters import SolveParameters
from balancing.engine.progress import Progress
from balancing.engine.reduction import Reduction
from balancing.engine.result import Result, Status
from balancing.engine.search import Found
from balancing.engine.stop import Stop
from balancing.engine.version import ENGINE_VERSION

_GAP_WORK = 20_000_000  # distances looked at for a gap while the search still runs
_GAP_EVERY_S = 1.0


class Judge:
    """Measures plans of one instance: those of its reduction, laid out as given.

    `order` leads from the instance's units to the problem's rows.
    """

    def __init__(
        self,
        instance: Instance,
        reduction: Reduction,
        layout: Layout,
        parameters: SolveParameters,
        order: LongArray,
        certificates: tuple[Certificate, ...],
        stop: Stop,
    ) -> None:
        self._instance, self._problem, self._parameters = instance, instance.problem, parameters
        self._reduction, self._layout = reduction, layout
        self._order, self._stop = order, stop
        self.certificates = certificates
        self._gap: float | None = None
        self._gap_at_s = -_GAP_EVERY_S

    def described(self, progress: Progress, found: Found) -> Progress:
        """A progress report with the figures of the plan it is about."""
        labels = self._reduction.expand(found.labels)
        centres = self._instance.true_centres(labels)
        deviations = self._deviations(labels, centres)[1]
        mean_km = self._instance.mean_km(labels, centres)
        if progress.seconds >= self._gap_at_s + _GAP_EVERY_S and centres.size * len(labels) <= _GAP_WORK:
            self._gap_at_s = progress.seconds
            prices = np.zeros((len(centres), found.prices.shape[1]))
            prices[self._reduction.territories] = found.prices
            bound_km = bound_at(self._instance, centres, prices)
            self._gap = mean_km / bound_km - 1 if found.excess == 0 and bound_km > 0 else None
        return replace(
            progress,
            worst_deviations=tuple(float(value) for value in np.abs(deviations).max(axis=0)),
            mean_km=mean_km,
            labels=_to_rows(labels, self._order),
            gap=self._gap,
        )

    def result(self, found: Found) -> Result:
        problem, labels = self._problem, self._reduction.expand(found.labels)
        centres = self._instance.true_centres(labels)
        mean_km = self._instance.mean_km(labels, centres)
        bound = self._bound(centres, mean_km)
        loads, deviations = self._deviations(labels, centres)
        balanced = loads[:, list(problem.balanced_metrics)]
        balanced = balanced / balanced.sum(axis=0)
        soft_km = self._instance.soft_km(labels, balanced)
        n_pieces = count_pieces(labels, problem.edges)
        searched = self._reduction.problem
        n_searched = n_pieces if searched is problem else count_pieces(found.labels, searched.edges)
        extra = max(0, n_searched - searched.n_territories - self._layout.unavoidable_pieces)
        moved = moved_fraction(problem, labels)
        moves = ordered_moves(self._instance, labels, centres, is_over=lambda: self._stop(found.cost))
        feasible = bool(self._keeps_limits(labels, self._instance.excess(balanced), moved) and extra == 0)
        return Result(
            labels=_to_rows(labels, self._order),
            loads=loads,
            deviations=deviations,
            centres=centres,
            mean_km=mean_km,
            bound_km=bound.km if bound else None,
            soft_km=soft_km,
            gap=(mean_km + soft_km) / bound.km - 1 if bound and feasible and bound.km > 0 else None,
            bound_proves=bound.proves if bound else "",
            cut_edges=int(np.count_nonzero(labels[problem.edges[:, 0]] != labels[problem.edges[:, 1]])),
            n_pieces=n_pieces,
            extra_pieces=extra,
            feasible=feasible,
            status=_status(feasible, self.certificates),
            was_stopped=self._stop(found.cost),
            moved_fraction=moved,
            moves=tuple(replace(move, unit=int(self._order[move.unit])) for move in moves),
            certificates=tuple(self._in_rows(certificate) for certificate in self.certificates),
            engine_version=ENGINE_VERSION,
        )

    def _in_rows(self, certificate: Certificate) -> Certificate:
        unit, territory = certificate.unit, certificate.territory
        return replace(
            certificate,
            unit=None if unit is None else int(self._order[int(np.argmax(self._reduction.unit == unit))]),
            territory=None if territory is None else int(self._reduction.territories[territory]),
        )

    def _bound(self, centres: FloatArray, mean_km: float) -> LowerBound | None:
        if not self._parameters.with_bound or self._parameters.objective != "distance":
            return None
        try:
            threads = self._parameters.threads
            return lower_bound(self._instance, centres, mean_km, stop=self._stop, threads=threads)
        except Stopped:
            return None

    def _deviations(self, labels: IntArray, centres: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Loads (K, M) in the metrics' own units, ways included, and how far they are from their targets."""
        problem = self._problem
        loads = np.zeros((problem.n_territories, problem.n_metrics))
        for m in range(problem.n_metrics):
            weights = problem.weights[:, m]
            if problem.has_trips and m == problem.trip_metric:
                weights = weights + problem.trip_loads * self._instance.ways(labels, centres)
            loads[:, m] = np.bincount(labels, weights, minlength=problem.n_territories)
        targets = problem.shares[:, None] * loads.sum(axis=0)
        return loads, np.where(targets > 0, loads / np.where(targets > 0, targets, 1.0) - 1, 0.0)

    def _keeps_limits(self, labels: IntArray, excess: float, moved: float) -> bool:
        problem, kept = self._problem, self._instance.kept
        locks = (labels[kept >= 0] == kept[kept >= 0]).all()
        forbidden = (labels[problem.forbidden[:, 0]] == problem.forbidden[:, 1]).any()
        limit = self._parameters.max_moved_fraction
        return bool(excess == 0 and locks and not forbidden and (limit is None or moved <= limit + 1e-9))


def _status(feasible: bool, certificates: tuple[Certificate, ...]) -> Status:
    if feasible:
        return Status.WITHIN_TOLERANCE
    return Status.PROVED_IMPOSSIBLE if certificates else Status.OUTSIDE_TOLERANCE


def _to_rows(labels: IntArray, order: LongArray) -> IntArray:
    given = np.empty_like(labels)
    given[order] = labels
    given.setflags(write=False)
    return given
