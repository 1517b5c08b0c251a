"""A team's reviews side by side: what the lines of metrics and territories are drawn from."""

from typing import Any

from accounts.metrics import METRICS
from balancing.models import Review
from balancing.reviews.figures import identity
from workspace.models import Team

SHOWN = 52


def trend_of(team: Team) -> dict[str, Any]:
    """The latest reviews, oldest first; every list of figures is in their order, null where there is none.

    Territories are those of the latest review, found in earlier ones by their code.
    """
    newest = Review.objects.filter(workspace_id=team.workspace_id, team=team).defer("alarms", "fix", "drift")
    reviews = list(newest.order_by("-measured_on", "-id")[:SHOWN])[::-1]
    known = [{identity(one): one["deviations"] for one in review.territories} for review in reviews]
    latest = reviews[-1].territories if reviews else []
    return {
        "reviews": [{"id": review.pk, "measured_on": review.measured_on} for review in reviews],
        "balance_index": [review.balance_index for review in reviews],
        "metrics": [
            {
                "key": metric.key,
                "label": metric.label,
                "tolerance": reviews[-1].metrics[metric.key]["tolerance"] if reviews else None,
                "balance_index": [review.metrics[metric.key]["balance_index"] for review in reviews],
                "worst": [review.metrics[metric.key]["worst"] for review in reviews],
                "n_out_of_band": [review.metrics[metric.key]["n_out_of_band"] for review in reviews],
            }
            for metric in METRICS
        ],
        "territories": [
            {
                "territory_id": one["territory_id"],
                "name": one["name"],
                "deviations": {
                    metric.key: [row.get(identity(one), {}).get(metric.key) for row in known] for metric in METRICS
                },
            }
            for one in latest
        ],
    }
