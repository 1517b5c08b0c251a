"""Why limits cannot be met: a code, a sentence with a way out, and the tolerance that would do."""

from typing import Any

from balancing.problems.amounts import percent


def told(code: str, detail: str, metric: str | None = None, least: float | None = None) -> dict[str, Any]:
    return {"code": code, "detail": detail, "metric": metric, "smallest_tolerance": least}


def least_words(tolerance: float) -> str:
    return f"the smallest possible tolerance is {percent(tolerance)}"
