from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from workspace.dispatch import send_due, sweep
from workspace.exceptions import DomainError
from workspace.jobs import JobCancelled, JobFailed, LeaseLost, kind_of
from workspace.lease import Lease, claim
from workspace.models import Delivery, DeliveryState, Workspace
from workspace.tenancy import workspace

log = structlog.get_logger(__name__)
DELIVERIES_KEPT = timedelta(days=30)


@shared_task(name="workspace.run_job", ignore_result=True)
def run_job(workspace_id: int, job_id: int) -> None:
    """Run one job if it is still due. A message that comes twice, or late, finds nothing to claim."""
    lease = claim(workspace_id=workspace_id, job_id=job_id)
    if lease is None:
        return
    with lease:
        try:
            kind_of(lease.job.kind).handler(lease)
        except LeaseLost:
            log.warning("lease_lost", job_id=job_id)
        except JobCancelled:
            _end(lease, "cancelled", message="Cancelled; nothing was changed")
        except (JobFailed, DomainError) as refusal:
            _end(lease, "failed", message="Failed", error=str(refusal))
        except Exception:
            log.exception("job_crashed", job_id=job_id, kind=lease.job.kind)
            _end(lease, "failed", message="Failed", error=f"Something went wrong on our side (job {job_id}).")


def _end(lease: Lease, state: str, *, message: str, error: str = "") -> None:
    try:
        with workspace(lease.job.workspace_id):
            lease.end(state, message=message, error=error)
    except LeaseLost:
        log.warning("lease_lost", job_id=lease.job.id)


@shared_task(name="workspace.dispatch_jobs", ignore_result=True)
def dispatch_jobs() -> None:
    """What the dispatcher process does, as one task: a second pair of eyes should that process be down."""
    sweep()
    send_due()


@shared_task(name="workspace.drop_old_deliveries", ignore_result=True)
def drop_old_deliveries() -> None:
    """Forget deliveries that ended a month ago."""
    for tenant in Workspace.objects.order_by("id"):
        with workspace(tenant.id):
            Delivery.objects.filter(workspace_id=tenant.id, created_at__lt=timezone.now() - DELIVERIES_KEPT).exclude(
                state=DeliveryState.WAITING
            ).delete()
