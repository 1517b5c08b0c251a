"""The best plan so far of a running job, kept in Redis for those who watch and nowhere else.

It is gone soon after the last report; losing it, or Redis being away, does no harm to the run.
"""

from dataclasses import asdict, dataclass

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from workspace.models import Job

log = structlog.get_logger(__name__)
SHOWN_UNITS_MAX = 60_000  # more would be megabytes a second, and no map draws them in time
_KEPT_S = 60


@dataclass(frozen=True)
class BestPlan:
    """Who would hold each unit in play, as two lists of ids of the same length.

    number counts the plans published by this attempt; worst is the largest deviation per metric, seconds since the
    search began, gap to the proven bound where it is known.
    """

    number: int
    unit_ids: list[int]
    territory_ids: list[int]
    worst: dict[str, float]
    mean_km: float | None
    gap: float | None
    seconds: float


def publish_best(job: Job, plan: BestPlan) -> bool:
    """False where Redis did not take it."""
    try:
        cache.set(_key(job), asdict(plan), timeout=_KEPT_S)
    except RedisError:
        log.warning("best_plan_not_published", job_id=job.pk)
        return False
    return True


def read_best(job: Job) -> BestPlan | None:
    try:
        found = cache.get(_key(job))
    except RedisError:
        log.warning("best_plan_not_read", job_id=job.pk)
        return None
    return None if found is None else BestPlan(**found)


def _key(job: Job) -> str:
    return f"best-plan:{job.workspace_id}:{job.pk}"
