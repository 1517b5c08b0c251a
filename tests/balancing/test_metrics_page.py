"""Every figure links to its formula, and the formula is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.metrics import METRICS

KEYS = {
    "targets", "deviation", "balance-index", "spread", "density", "compactness", "contiguity", "overlap",
    "white-space", "disruption", "bound", "some-moves", "curve", "ways-out",
    "road-travel",
    "concentration",
    "drift",
    "out-of-band",
    "travel-burden",
    "capacity",
    "growth",
    "cadence",
    "single-risks",
}  # fmt: skip


def sections() -> dict[str, str]:
    text = (Path(settings.BASE_DIR) / "docs" / "metrics.md").read_text(encoding="utf-8")
    parts = re.split(r"^## .+ \{#([a-z-]+)\}$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_metric_and_each_figure_has_its_section() -> None:
    assert set(sections()) == KEYS | {metric.key for metric in METRICS}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_a_metrics_link_leads_to_its_section(metric: object) -> None:
    assert metric.formula_url == f"/docs/metrics/#{metric.key}"


@pytest.mark.parametrize("key", sorted(KEYS | {metric.key for metric in METRICS}))
def test_a_section_states_its_formula(key: str) -> None:
    assert re.search(r"^`[^`]+ = [^`]+`", sections()[key], flags=re.MULTILINE)
