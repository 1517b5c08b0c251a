from dataclasses import asdict, dataclass
from typing import Any

VALUE_SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row (counted under the header), or with the mapping when `row` is 0."""

    row: int
    problem: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    bound: str | None = None

    def as_dict(self) -> dict[str, Any]:
        shown = asdict(self)
        if self.value is not None and len(self.value) > VALUE_SHOWN:
            shown["value"] = self.value[:VALUE_SHOWN] + "…"
        # The database's JSON cannot hold NUL.
        return {key: value.replace("\x00", "␀") if isinstance(value, str) else value for key, value in shown.items()}


class BadValue(Exception):
    """A cell does not hold what its field needs."""

    def __init__(self, problem: str, bound: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.bound = bound
