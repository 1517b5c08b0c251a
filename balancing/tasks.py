from celery.signals import worker_process_init
from django.conf import settings

from balancing.engine.warm_up import warm_up
from balancing.runner import optimize
from workspace.jobs import JobRun, job_kind

OPTIMIZE = "optimize"


@worker_process_init.connect
def load_kernels(**_: object) -> None:
    """Compile the engine's kernels, or load them from their cache, before the first run rather than in it."""
    if settings.LOADS_KERNELS:
        warm_up()


@job_kind(OPTIMIZE, queue="optimizer")
def run_optimizer(run: JobRun) -> None:
    optimize(run)
