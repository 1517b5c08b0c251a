"""How the figures of territories came to be what they are: the latest edits, each with what it moved."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from territory.history import SUBJECT
from territory.models import Alignment

STEPS_MAX = 20
_STEPS = """
WITH latest AS MATERIALIZED (
    SELECT revision_after, label, coalesce(patch -> 'units', '{}') AS units FROM workspace_change
    WHERE workspace_id = %(workspace)s AND subject_kind = %(subject)s AND subject_id = %(alignment)s
      AND revision_after > revision_before AND revision_before > 0
    ORDER BY id DESC LIMIT %(steps)s
),
moved AS (
    SELECT latest.revision_after, units.key::bigint AS unit_id, side.sign,
        (units.value ->> side.place)::bigint AS holder
    FROM latest CROSS JOIN jsonb_each(latest.units) units
    CROSS JOIN (VALUES (0, -1), (1, 1)) side (place, sign)
),
sums AS (
    SELECT moved.revision_after, moved.holder, sum(sign * u.n_accounts) AS accounts,
        sum(sign * u.revenue_minor) AS revenue, sum(sign * u.potential_minor) AS potential,
        sum(sign * u.pipeline_minor) AS pipeline, sum(sign * u.workload_h) AS workload
    FROM moved JOIN territory_basicunit u ON u.workspace_id = %(workspace)s AND u.id = moved.unit_id
    WHERE moved.holder IS NOT NULL
    GROUP BY moved.revision_after, moved.holder
)
SELECT latest.revision_after, latest.label, holder, accounts, revenue, potential, pipeline, workload
FROM latest LEFT JOIN sums USING (revision_after)
ORDER BY latest.revision_after DESC, holder
"""
_FIELDS = ("territory_id", "accounts", "revenue", "potential", "pipeline", "workload")


def latest_steps(alignment: Alignment) -> list[dict[str, Any]]:
    """The latest edits, newest first: what each gave to and took from a territory by moving units.

    Summed from what the units hold today, named accounts included; empty of moves where boundaries are drawn.
    """
    values = {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "subject": SUBJECT, "steps": STEPS_MAX,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, values)
        rows = cursor.fetchall()
    return [
        {
            "revision": revision,
            "label": label,
            "moved": [dict(zip(_FIELDS, row[2:], strict=True)) for row in of_step if row[2] is not None],
        }
        for (revision, label), of_step in groupby(rows, key=itemgetter(0, 1))
    ]
