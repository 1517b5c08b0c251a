"""What Celery beat starts by the clock (settings: CELERY_BEAT_SCHEDULE)."""

from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from balancing.services.snapshots import measure_alignment
from territory.models import Alignment, AlignmentState
from workspace.models import Member, Role, Workspace
from workspace.tenancy import workspace


@shared_task(name="balancing.measure_live_alignments", ignore_result=True)
def measure_live_alignments() -> None:
    """Keep a dated measurement of every live alignment: what trends are drawn from."""
    for tenant in Workspace.objects.order_by("id"):
        admin = Member.objects.filter(workspace=tenant, role=Role.ADMIN).order_by("id").first()
        if admin is None:
            continue
        today = timezone.localdate(timezone=ZoneInfo(tenant.time_zone))
        with workspace(tenant.id):
            for alignment in Alignment.objects.visible_to(admin).filter(state=AlignmentState.LIVE):
                measure_alignment(alignment, actor=admin, measured_on=today)
