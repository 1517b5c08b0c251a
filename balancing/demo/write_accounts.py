"""The businesses as account rows. COPY goes into a temporary table: row-level security refuses it on the real one."""

import csv
import io
from typing import Any

import numpy as np
from django.db import connection

from accounts.cells import mercator, morton
from accounts.models import GeocodeQuality
from accounts.segments import number_segments
from balancing.demo.businesses import SEGMENTS
from balancing.demo.demo import Demo
from balancing.demo.names import COUNTRY

COLUMNS = (
    "external_id", "name", "street", "city", "region", "postal_code", "country", "phone", "segment", "crm_owner",
    "cell", "mercator_x", "mercator_y", "geocode_quality", "revenue_minor", "potential_minor", "pipeline_minor",
    "visits_per_year", "service_min_per_visit",
)  # fmt: skip
STAGED = "demo_accounts"


def write_accounts(demo: Demo, workspace_id: int) -> list[int]:
    """Ids of the new accounts, in the order of the businesses."""
    listed = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {STAGED} ON COMMIT DROP AS "
            f"SELECT {listed}, 0.0::float8 AS lon, 0.0::float8 AS lat FROM accounts_account LIMIT 0"
        )
        cursor.copy_expert(
            f"COPY {STAGED} ({listed}, lon, lat) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (street, phone, crm_owner))",
            _as_csv(demo),
        )
        cursor.execute(
            f"INSERT INTO accounts_account (workspace_id, {listed}, location, custom_metrics, updated_at) "
            f"SELECT %s, {listed}, ST_SetSRID(ST_MakePoint(lon, lat), 4326), '{{}}', now() "
            f"FROM {STAGED} ORDER BY external_id",
            [workspace_id],
        )
        cursor.execute(f"DROP TABLE {STAGED}")
        number_segments(workspace_id)
        cursor.execute("SELECT id FROM accounts_account WHERE workspace_id = %s ORDER BY external_id", [workspace_id])
        return [row[0] for row in cursor.fetchall()]


def _as_csv(demo: Demo) -> io.StringIO:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(_rows(demo))
    text.seek(0)
    return text


def _rows(demo: Demo) -> list[list[Any]]:
    businesses = demo.businesses
    x, y = mercator(businesses.lon, businesses.lat)
    figures = zip(
        np.array([segment.name for segment in SEGMENTS])[businesses.segment].tolist(),
        demo.crm_owners,
        morton(x, y).tolist(),
        x.tolist(),
        y.tolist(),
        [GeocodeQuality.GIVEN.value] * len(businesses),
        businesses.revenue_minor.tolist(),
        businesses.potential_minor.tolist(),
        businesses.pipeline_minor.tolist(),
        businesses.visits_per_year.tolist(),
        businesses.service_min_per_visit.tolist(),
        businesses.lon.tolist(),
        businesses.lat.tolist(),
        strict=True,
    )
    return [
        [who.external_id, who.name, who.street, who.city, who.region, who.postal_code, COUNTRY, who.phone, *rest]
        for who, rest in zip(demo.identities, figures, strict=True)
    ]
