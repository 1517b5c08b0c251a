from __future__ import annotations

import math
from dataclasses import dataclass

from balancing.engine.exceptions import ParameterError

OBJECTIVES = ("distance", "cut_edges")


@dataclass(frozen=True)
class SolveParameters:
    """How hard to search, and how dear it is to change today's plan.

    starts             different first plans tried; None = by the size of the problem
    effort             multiplies the number of search steps
    max_rounds         reheats while a tolerance is missed
    max_moved_fraction most of the primary metric that may change territory; starts from today's plan and,
                       unless a price says otherwise, moves as little as balance needs
    disruption_price   km of mean distance that keeping all of today's plan is worth, in multiples of
                       today's mean distance; > 0 starts from today's plan
    objective          "distance", or "cut_edges": the fewest adjacencies between territories, which makes borders short
    contiguous         False: books of accounts, whose territories need not hang together; no limit on moves then
    threads            searches made side by side; the plan is the same on any number
    with_bound         also prove a lower bound
    """

    starts: int | None = None
    effort: float = 1.0
    max_rounds: int = 6
    max_moved_fraction: float | None = None
    disruption_price: float = 0.0
    objective: str = "distance"
    contiguous: bool = True
    threads: int = 1
    with_bound: bool = True

    def __post_init__(self) -> None:
        if self.starts is not None:
            _check("starts", self.starts, 1, 1000)
        _check("effort", self.effort, 0.001, 1000)
        _check("max_rounds", self.max_rounds, 1, 100)
        if self.max_moved_fraction is not None:
            _check("max_moved_fraction", self.max_moved_fraction, 0, 1)
        _check("threads", self.threads, 1, 64)
        _check("disruption_price", self.disruption_price, 0, 1e6)
        if self.objective not in OBJECTIVES:
            raise ParameterError(f"objective is {self.objective}, expected {' or '.join(OBJECTIVES)}")
        if self.objective == "cut_edges" and (self.keeps_current or not self.contiguous):
            raise ParameterError("objective is cut_edges, expected distance with books or a price or limit on moves")
        if not self.contiguous and self.keeps_current:
            raise ParameterError("contiguous is False, expected True with max_moved_fraction or disruption_price")

    @property
    def keeps_current(self) -> bool:
        """Whether the search starts from today's plan instead of a clean sheet."""
        return self.max_moved_fraction is not None or self.disruption_price > 0


def _check(name: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise ParameterError(f"{name} is {value}, expected {low} to {high}")
