"""A page for each territory: where it is, what it holds beside its targets, its largest accounts, what to look at."""

from collections.abc import Iterator
from typing import Any

import shapely

from accounts.models import Account
from balancing.reports.drawing import Area, bar_svg, map_svg
from balancing.reports.source import Source
from balancing.reports.words import signed

ACCOUNTS_SHOWN = 15
# Around the territory, as a part of its own width and height.
SURROUNDINGS = 0.12
# Neighbours of which less is seen, as a part of the map, go without their name.
LABELLED_FROM = 0.05


def territory_contexts(source: Source) -> Iterator[dict[str, Any]]:
    for k in range(len(source.territories)):
        yield _context(source, k)


def _context(source: Source, k: int) -> dict[str, Any]:
    territory, row = source.territories[k], source.card["territories"][k]
    return {
        "currency": source.currency,
        "name": territory.name,
        "code": territory.code,
        "rep": territory.rep,
        "map": _map(source, territory.pk),
        "metrics": [_metric(source, row, metric) for metric in source.metrics],
        "hours": _hours(row),
        "area_km2": row["area_km2"],
        "accounts_per_1000_km2": row["accounts_per_1000_km2"],
        "polsby_popper": row["polsby_popper"],
        "n_pieces": row["n_pieces"],
        "findings": [finding for finding in source.findings if territory.pk in finding.territory_ids],
        "accounts": _largest_accounts(source, territory.pk),
    }


def _map(source: Source, territory_id: int) -> str:
    """The territory with its accounts, its neighbours around it."""
    ground = source.grounds.get(territory_id)
    if ground is None:
        return ""
    west, south, east, north = shapely.bounds(ground)
    wide, high = SURROUNDINGS * (east - west), SURROUNDINGS * (north - south)
    box = (west - wide, south - high, east + wide, north + high)
    window = shapely.box(*box)
    others = [
        Area(part, "beside", territory.name if part.area > LABELLED_FROM * window.area else "")
        for territory in source.territories
        if territory.pk != territory_id and territory.pk in source.grounds
        if not (part := shapely.intersection(source.grounds[territory.pk], window)).is_empty
    ]
    return map_svg([*others, Area(ground, "own")], box=box, dots=source.dots(territory_id), width=340, height=300)


def _metric(source: Source, row: dict[str, Any], metric: Any) -> dict[str, Any]:
    tolerance = source.summary(metric.key)["tolerance"]
    deviation = row["deviations"][metric.key]
    return {
        "label": metric.label,
        "value": source.said(metric, row["values"][metric.key]),
        "target": source.said(metric, row["targets"][metric.key]),
        "deviation": signed(deviation),
        "bar": bar_svg(deviation, tolerance),
        "in_band": row["in_band"][metric.key],
    }


def _hours(row: dict[str, Any]) -> str:
    needed_h = row["workload_h"] + row["travel_h"]
    if not row["capacity_h"]:
        return f"{needed_h:,.0f} h needed a year, no rep"
    return f"{needed_h:,.0f} of {row['capacity_h']:,.0f} h a year, {100 * row['capacity_used']:.0f} %"


def _largest_accounts(source: Source, territory_id: int) -> list[dict[str, str]]:
    held = Account.objects.filter(
        workspace_id=source.alignment.workspace_id,
        pk__in=_ids_of_largest(source, territory_id),
    )
    return [
        {
            "external_id": account.external_id,
            "name": account.name,
            "city": ", ".join(part for part in (account.city, account.region) if part),
            "revenue": source.short(account.revenue_minor),
            "potential": source.short(account.potential_minor),
            "visits": f"{account.visits_per_year:g}",
        }
        for account in sorted(held, key=lambda account: (-account.revenue_minor, account.pk))
    ]


def _ids_of_largest(source: Source, territory_id: int) -> list[int]:
    rows = source.assignments(territory_id).order_by("-revenue_minor", "account_id")
    return list(rows.values_list("account_id", flat=True)[:ACCOUNTS_SHOWN])
