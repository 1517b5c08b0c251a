"""Fifty thousand accounts leave the house without standing in memory."""

import datetime
import re
from pathlib import Path

import pytest
from django.db import connection
from rest_framework.test import APIClient

from territory.models import Alignment
from tests.territory.exporting import URL
from tests.territory.world import World

N_ACCOUNTS = 50_000
GROWTH_MAX_MB = 24


@pytest.fixture
def large(world: World) -> Alignment:
    alignment = world.alignment()
    # Older than what is asked for, so that the accounts themselves tell that they changed.
    Alignment.objects.update(created_at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (workspace_id, external_id, name, street, city, region, postal_code, country,"
            " phone, segment, crm_owner, geocode_quality, revenue_minor, potential_minor, pipeline_minor,"
            " visits_per_year, service_min_per_visit, custom_metrics, updated_at)"
            " SELECT %s, 'A' || n, 'Account number ' || n, n || ' Long Lane', 'Macon', 'GA', '31201', 'US', '', 'B',"
            " '', 'none', n, n, n, 2, 30, '{}', now() FROM generate_series(1, %s) AS n",
            [world.workspace.pk, N_ACCOUNTS],
        )
    return alignment


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("assignments.csv", {}),
        ("assignments.csv", {"changed_since": "2026-01-01"}),
        ("assignments.xlsx", {}),
        ("assignments.xlsx", {"sheets": "territory"}),
    ],
)
def test_a_large_export_streams_within_a_small_memory(
    large: Alignment, manager: APIClient, key: str, options: dict[str, str]
) -> None:
    response = manager.get(f"{URL}/{key}", {"alignment": large.pk} | options)
    before = resident_mb()
    n_bytes = n_lines = highest = 0
    for piece in response.streaming_content:
        n_bytes += len(piece)
        n_lines += piece.count(b"\r\n")
        highest = max(highest, resident_mb())
    assert n_bytes > 1_000_000
    assert highest - before < GROWTH_MAX_MB
    if key.endswith(".csv"):
        assert n_lines == N_ACCOUNTS + 1


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024
