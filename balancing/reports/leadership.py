"""One page for leadership: the five answers, a numbered map, and every territory beside its target."""

from typing import Any

from balancing.models import Snapshot
from balancing.reports.drawing import Area, bar_svg, line_svg, map_svg
from balancing.reports.source import Source
from balancing.reports.words import signed

SNAPSHOTS_SHOWN = 24


def leadership_context(source: Source) -> dict[str, Any]:
    key = "workload" if source.summary("workload")["total"] > 0 else "accounts"
    return {
        "answers": source.answers,
        "currency": source.currency,
        "load_label": source.summary(key)["label"],
        "map": map_svg(_areas(source, key)),
        "rows": [_row(source, k, key) for k in range(len(source.territories))],
        "balance_index": source.card["balance_index"],
        "trend": line_svg(_trend(source)),
        "tolerance_percent": round(100 * source.summary(key)["tolerance"]),
    }


def _areas(source: Source, key: str) -> list[Area]:
    """Dark above the band and light below, so that a copy in black and white still tells one from the other."""
    areas = []
    for k, (territory, row) in enumerate(zip(source.territories, source.card["territories"], strict=True)):
        if territory.pk in source.grounds:
            areas.append(Area(source.grounds[territory.pk], _style(row, key), str(k + 1)))
    return areas


def _style(row: dict[str, Any], key: str) -> str:
    deviation = row["deviations"][key]
    if deviation is None or row["in_band"][key]:
        return "plain"
    return "over" if deviation > 0 else "under"


def _row(source: Source, k: int, key: str) -> dict[str, Any]:
    territory, row = source.territories[k], source.card["territories"][k]
    used = row["capacity_used"]
    return {
        "number": k + 1,
        "name": territory.name,
        "rep": territory.rep.name if territory.rep else "vacant",
        "accounts": f"{row['values']['accounts']:,.0f}",
        "revenue": source.short(row["values"]["revenue"]),
        "potential": source.short(row["values"]["potential"]),
        "bar": bar_svg(row["deviations"][key], source.summary(key)["tolerance"]),
        "deviation": signed(row["deviations"][key]),
        "used": f"{100 * used:.0f} %" if used else "–",
    }


def _trend(source: Source) -> list[float]:
    rows = Snapshot.objects.filter(workspace_id=source.alignment.workspace_id, team_id=source.alignment.team_id)
    newest = rows.order_by("-measured_on", "-id").values_list("balance_index", flat=True)[:SNAPSHOTS_SHOWN]
    return list(newest)[::-1]
