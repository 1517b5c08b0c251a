"""What Celery beat starts by the clock (settings: CELERY_BEAT_SCHEDULE)."""

from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from balancing.reviews.mailing import send_due_mails
from balancing.reviews.telling import tell_left_over
from balancing.services.reviews import hold_due_reviews
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


@shared_task(name="balancing.hold_due_reviews", ignore_result=True)
def hold_reviews() -> None:
    """Every hour: each workspace's day begins at another."""
    for tenant in Workspace.objects.order_by("id"):
        hold_due_reviews(tenant, today=timezone.localdate(timezone=ZoneInfo(tenant.time_zone)))


@shared_task(name="balancing.tell_alarms", ignore_result=True)
def tell_alarms() -> None:
    """Every minute: mails that are due, and alarms whose job could not tell them."""
    now = timezone.now()
    for tenant in Workspace.objects.order_by("id"):
        with workspace(tenant.id):
            tell_left_over(tenant.id, now=now)
        send_due_mails(tenant.id, now=now)
