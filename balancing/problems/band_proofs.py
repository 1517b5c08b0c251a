"""What tolerances and limits rule out one at a time, seen from their numbers alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancing.problems.amounts import amount, label, much
from balancing.problems.certificates import least_words, told
from balancing.problems.statement import Statement

FloatArray = NDArray[np.float64]
_EXACT = 1e-9


def prove_from_bands(stated: Statement) -> list[dict[str, Any]]:
    """Certificates about single metrics whose wishes must be kept."""
    return [certificate for m in np.flatnonzero(stated.wanted.is_hard) for certificate in _Metric(stated, int(m)).all()]


class _Metric:
    """One metric of a statement: what each territory should and may have, and what is there to share out."""

    def __init__(self, stated: Statement, m: int) -> None:
        self._stated, self._m, self._key = stated, m, stated.columns[m]
        self._tolerance = float(stated.wanted.tolerances[m])
        self._targets, self._fixed = stated.stake.targets[:, m], stated.stake.fixed[:, m]
        low, high = stated.wanted.bands(stated.stake.targets)
        self._low, self._high = low[:, m], high[:, m]
        self._least, self._most = stated.wanted.least[:, m], stated.wanted.most[:, m]
        self._slack = _EXACT * float(stated.stake.totals[m])
        self._room = " Room to grow is taken off every most." if stated.settings.headroom > 0 else ""

    def all(self) -> Iterator[dict[str, Any]]:
        # Where limits by themselves leave no room, no tolerance helps, and where one is outside its tolerance, sums
        # only repeat it: what is told first is what has to be mended first.
        by_limits = list(self._sums(self._least, self._most))
        outside = [] if by_limits else list(self._outside_band())
        yield from by_limits or outside or self._sums(self._low, self._high)
        yield from self._big_unit()
        yield from self._named_accounts()
        yield from self._locked()

    def _outside_band(self) -> Iterator[dict[str, Any]]:
        """Limits that leave no room within the tolerance: on each side the farthest out, for all of them."""
        is_outside = (self._low > self._high + self._slack) & (self._targets > 0)
        for limits, is_least in ((self._least, True), (self._most, False)):
            places = np.flatnonzero(is_outside & ((limits > self._targets) == is_least))
            if len(places) == 0:
                continue
            beyond = np.abs(limits[places] / self._targets[places] - 1)
            k, needed = int(places[np.argmax(beyond)]), float(beyond.max())
            name, target = self._stated.territories[k].name, self._amount(float(self._targets[k]))
            limit = f"{'must have at least' if is_least else 'may have at most'} {self._amount(float(limits[k]))}"
            others = f" So it is with {len(places) - 1} more." if len(places) > 1 else ""
            others += "" if is_least else self._room
            detail = (
                f"{name} {limit}, and its target is {target} "
                f"± {100 * self._tolerance:g} %: {least_words(needed)}, or the limit has to give way.{others}"
            )
            yield told("limit_outside_band", detail, self._key, needed)

    def _sums(self, low: FloatArray, high: FloatArray) -> Iterator[dict[str, Any]]:
        """Territories in play that together want more, or may have less, than there is for them."""
        if self._stated.locked.missed[:, self._m].any():
            return
        everybody = "All territories that are not locked" if self._stated.locked.names else "All territories"
        there = float(self._fixed.sum() + self._stated.stake.free[self._m])
        least, most = float(low.sum()), float(high.sum())
        if least > there + self._slack:
            detail = (
                f"{everybody} together must have at least {self._amount(least)}, and the total is "
                f"{self._amount(there)}: lower what they must have, or merge territories."
            )
            yield told("limits_too_high", detail, self._key)
        if most < there - self._slack:
            detail = (
                f"{everybody} together may have at most {self._amount(most)}, and the total is "
                f"{self._amount(there)}: raise what they may have, or add a territory.{self._room}"
            )
            yield told("limits_too_low", detail, self._key)

    def _big_unit(self) -> Iterator[dict[str, Any]]:
        """The largest unit, or group of units, where no territory has room for it beside its named accounts."""
        loads, of = self._loads()
        largest = int(np.argmax(loads))
        load = float(loads[largest])
        if (self._fixed + load <= self._high + self._slack).any():
            return
        members = np.flatnonzero(of == largest)
        name = self._stated.units.names[int(members[0])]
        if len(members) > 1:
            name = f"{name} and the {len(members) - 1:,} that stay together with it"
            way_out = "Keep less together."
        else:
            name, way_out = f"{name} alone", "A finer unit layer would divide it."
        has = "have" if len(members) > 1 else "has"
        needed = float(((self._fixed + load) / self._targets - 1).min())
        if needed > self._tolerance:
            detail = f"{name} {has} more {label(self._key)} than the largest target allows: {least_words(needed)}."
            yield told("unit_too_big", f"{detail} {way_out}", self._key, needed)
            return
        most = self._amount(float(self._high.max()))
        detail = f"{name} {has} {self._amount(load)}, and no territory may have more than {most}: raise that limit."
        yield told("unit_too_big", f"{detail} {way_out}{self._room}", self._key)

    def _loads(self) -> tuple[FloatArray, NDArray[np.int64]]:
        """Load of each unit or group, and which of them (N,) each unit belongs to."""
        weights, groups = self._stated.problem.weights[:, self._m], self._stated.problem.groups
        if self._stated.settings.keep_together is None:
            return weights, np.arange(len(weights))
        return np.bincount(groups, weights), groups.astype(np.int64)

    def _named_accounts(self) -> Iterator[dict[str, Any]]:
        """Territories that their named accounts alone put beyond what they may have."""
        for k in np.flatnonzero((self._fixed > self._high + self._slack) & (self._low <= self._high + self._slack)):
            name = self._stated.territories[k].name
            needed = float(self._fixed[k] / self._targets[k] - 1)
            start = f"The named accounts of {name} alone have too {much(self._key)} {label(self._key)}"
            if needed > self._tolerance:
                yield told("named_accounts_too_much", f"{start}: {least_words(needed)}.", self._key, needed)
            else:
                most = self._amount(float(self._most[k]))
                yield told("named_accounts_too_much", f"{start}: it may have {most}. Raise that limit.", self._key)

    def _locked(self) -> Iterator[dict[str, Any]]:
        """Locked territories outside a tolerance or limit: nothing can bring them in."""
        locked, m = self._stated.locked, self._m
        for place in np.flatnonzero(locked.missed[:, m]):
            name, deviation = locked.names[place], float(locked.deviations[place, m])
            if abs(deviation) > self._tolerance + _EXACT:
                side = "above" if deviation > 0 else "below"
                detail = (
                    f"{name} is locked, and {100 * abs(deviation):.1f} % {side} its target on {label(self._key)}: "
                    f"{least_words(abs(deviation))}."
                )
                yield told("locked_out_of_band", detail, self._key, abs(deviation))
            else:
                load, least = float(locked.loads[place, m]), float(locked.wanted.least[place, m])
                limit = (
                    f"at least {self._amount(least)}"
                    if load < least
                    else (f"at most {self._amount(float(locked.wanted.most[place, m]))}")
                )
                detail = (
                    f"{name} is locked with {self._amount(load)}, and the limit is {limit}: unlock it, or change that."
                )
                yield told("locked_out_of_limit", detail, self._key)

    def _amount(self, value: float) -> str:
        return amount(self._key, value, self._stated.alignment.workspace.currency)
