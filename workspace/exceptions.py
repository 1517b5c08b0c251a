"""What can go wrong in words; config.drf turns it into problem details."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldProblem:
    field: str
    problem: str
    value: Any = None
    bound: Any = None

    def as_dict(self) -> dict[str, Any]:
        named = {"field": self.field, "problem": self.problem, "value": self.value, "bound": self.bound}
        return {key: value for key, value in named.items() if value is not None}


class DomainError(Exception):
    """A refusal with a reason a user can act on."""

    status = 400
    code = "invalid"
    title = "The request cannot be carried out"

    def __init__(self, detail: str, *, errors: Sequence[FieldProblem] = (), **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors)
        self.extra = extra


class Invalid(DomainError):
    """A value is wrong: names the field, the value and the bound."""

    @classmethod
    def field(cls, field: str, problem: str, *, value: Any = None, bound: Any = None) -> "Invalid":
        return cls(f"{field}: {problem}", errors=[FieldProblem(field, problem, value, bound)])


class Conflict(DomainError):
    status = 409
    code = "conflict"
    title = "The present state does not allow this"


class Locked(Conflict):
    code = "locked"
    title = "A lock stands in the way"


class PreconditionRequired(DomainError):
    status = 428
    code = "precondition_required"
    title = "The revision you edited is missing"


class Stale(DomainError):
    status = 412
    code = "stale"
    title = "Somebody else has changed this meanwhile"


class TooLarge(DomainError):
    status = 413
    code = "too_large"
    title = "Too large"
