"""The metrics an alignment is balanced on: one record each, with its formula in docs/metrics.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    key: str
    label: str
    unit: str
    version: int
    aggregation: str
    is_money: bool = False

    @property
    def formula_url(self) -> str:
        return f"/docs/metrics/#{self.key}"


METRICS = (
    Metric("accounts", "Accounts", "accounts", 1, "count"),
    Metric("revenue", "Revenue", "currency", 1, "sum", is_money=True),
    Metric("potential", "Potential", "currency", 1, "sum", is_money=True),
    Metric("pipeline", "Pipeline", "currency", 1, "sum", is_money=True),
    Metric("workload", "Workload", "h/year", 1, "sum"),
    Metric("travel", "Travel", "h/year", 1, "sum"),
)
METRIC_BY_KEY = {metric.key: metric for metric in METRICS}
