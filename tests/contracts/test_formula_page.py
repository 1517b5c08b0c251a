"""Every figure links to its formula, and the link leads somewhere."""

import pytest
from django.test import Client

from accounts.metrics import METRICS


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_each_metric_has_its_section(metric: object, client: Client) -> None:
    page = client.get("/docs/metrics/")
    assert page.status_code == 200
    assert f'id="{metric.formula_url.partition("#")[2]}"' in page.content.decode()
