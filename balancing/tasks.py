from balancing.runner import optimize
from workspace.jobs import JobRun, job_kind

OPTIMIZE = "optimize"


@job_kind(OPTIMIZE, queue="optimizer")
def run_optimizer(run: JobRun) -> None:
    optimize(run)
