"""Which kinds of long work exist. Apps register theirs in `tasks.py`; the worker looks them up by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from workspace.models import Job


class JobCancelled(Exception):
    """The user asked to stop."""


class LeaseLost(Exception):
    """Another worker has taken over: nothing of this attempt may be written."""


class JobFailed(Exception):
    """The work cannot be done, and trying again would not help. The text is shown to the user."""


class JobRun(Protocol):
    """What a handler sees of its job."""

    job: Job

    def progress(self, fraction: float, message: str, **detail: Any) -> None:
        """Tell watchers; raises JobCancelled or LeaseLost when there is no point in going on."""

    def check(self) -> None:
        """Raise JobCancelled or LeaseLost when there is no point in going on."""

    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None:
        """Mark done. Call it last inside the transaction that writes the result: both commit or neither."""


Handler = Callable[[JobRun], None]


@dataclass(frozen=True)
class JobKind:
    name: str
    queue: str
    handler: Handler


_kinds: dict[str, JobKind] = {}


def job_kind(name: str, *, queue: str) -> Callable[[Handler], Handler]:
    """Register a handler. It runs inside its workspace's context only where it opens one itself."""

    def register(handler: Handler) -> Handler:
        _kinds[name] = JobKind(name, queue, handler)
        return handler

    return register


def kind_of(name: str) -> JobKind:
    if name not in _kinds:
        raise LookupError(f"No job kind {name!r}; known: {', '.join(sorted(_kinds))}")
    return _kinds[name]
