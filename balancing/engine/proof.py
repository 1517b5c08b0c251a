"""A lower bound for a plan that was found under other limits than those it is judged by."""

from __future__ import annotations

from balancing.engine.arrays import FloatArray
from balancing.engine.bound import LowerBound, lower_bound
from balancing.engine.canonical import canonical_order, reordered
from balancing.engine.components import lay_out
from balancing.engine.instance import Instance
from balancing.engine.problem import Problem


def prove(problem: Problem, centres: FloatArray, mean_km: float) -> LowerBound:
    """Bound in km on every plan within the problem's tolerances and with these centres, (K, 3) unit vectors.

    `mean_km` of a known plan sets the scale of the search for prices; any value above 0 gives a valid bound.
    """
    ordered = reordered(problem, canonical_order(problem))
    instance = Instance.of(ordered, lay_out(ordered, from_current=ordered.has_current))
    return lower_bound(instance, centres, mean_km)
