"""An optimizer run from its row to its proposal. Celery's task claims the job and calls `optimize`."""

from balancing.runner.optimize import optimize

__all__ = ["optimize"]
