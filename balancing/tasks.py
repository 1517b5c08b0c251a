from celery import chord, shared_task
from celery.signals import worker_process_init
from django.conf import settings
from django.utils import timezone

from balancing.engine.warm_up import warm_up
from balancing.reports.produce import produce_report
from balancing.reviews.telling import mend_and_tell
from balancing.runner import optimize
from balancing.runner.division import Division
from balancing.travel.measure import measure_travel
from workspace.jobs import JobRun, job_kind

OPTIMIZE, OPTIMIZER = "optimize", "optimizer"
REPORT = "report"
ALARM = "alarm"
TRAVEL = "measure_travel"


@worker_process_init.connect
def load_kernels(**_: object) -> None:
    """Compile the engine's kernels, or load them from their cache, before the first run rather than in it."""
    if settings.LOADS_KERNELS:
        warm_up()


@job_kind(OPTIMIZE, queue=OPTIMIZER)
def run_optimizer(run: JobRun) -> None:
    optimize(run)


@job_kind(REPORT, queue="default")
def run_report(run: JobRun) -> None:
    produce_report(run)


@job_kind(ALARM, queue=OPTIMIZER)
def run_alarm(run: JobRun) -> None:
    mend_and_tell(run, now=timezone.now())


@job_kind(TRAVEL, queue="travel")
def run_travel(run: JobRun) -> None:
    measure_travel(run)


def go_on(division: Division) -> None:
    """Send what is due of a divided design: its outline, the open regions of a round as a chord, or their joining."""
    due = division.due()
    if due is None:
        return
    if due.number is None:
        outline_division.delay(division.name)
    elif due.places:
        joining = join_division.si(division.name, due.number)
        chord(solve_division.si(division.name, due.number, place) for place in due.places)(joining)
    else:
        join_division.delay(division.name, due.number)


@shared_task(name="balancing.outline_division", queue=OPTIMIZER)
def outline_division(name: str) -> None:
    division = Division(name)
    if division.attempt(Division.outline):
        go_on(division)


@shared_task(name="balancing.solve_division", queue=OPTIMIZER, ignore_result=False)
def solve_division(name: str, number: int, place: int) -> None:
    Division(name).attempt(Division.solve, number, place)


@shared_task(name="balancing.join_division", queue=OPTIMIZER)
def join_division(name: str, number: int) -> None:
    division = Division(name)
    if division.attempt(Division.join, number):
        go_on(division)
