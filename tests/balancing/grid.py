"""A small land of square units in rows and columns, with accounts in the squares' middles.

row 1   u5 u6 u7 u8 u9
row 0   u0 u1 u2 u3 u4      column → east; one degree a square, the south-west corner at 85° W 33° N
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from accounts.cells import mercator, morton
from accounts.models import Account, Rep
from territory.models import (
    AccountAssignment,
    AccountOverride,
    AccountUnit,
    Alignment,
    BasicUnit,
    Territory,
    UnitAdjacency,
    UnitAssignment,
    UnitLayer,
)
from tests.cast import Company

WEST, SOUTH = -85.0, 33.0
KM2 = 1e6


@dataclass
class Land:
    """One workspace's layer, accounts and alignment, named by unit number and territory name."""

    company: Company
    layer: UnitLayer
    units: list[BasicUnit]
    accounts: list[Account]
    alignment: Alignment
    territories: dict[str, Territory] = field(default_factory=dict)

    @property
    def tenant(self) -> dict[str, Any]:
        return {"workspace": self.company.workspace}

    def owner_of_units(self, alignment: Alignment | None = None) -> dict[int, str]:
        """Unit number → territory name."""
        number = {unit.pk: i for i, unit in enumerate(self.units)}
        rows = UnitAssignment.objects.filter(alignment=alignment or self.alignment).select_related("territory")
        return {number[row.unit_id]: row.territory.name for row in rows}


def make_land(
    company: Company,
    rows: int,
    columns: int,
    *,
    territories: Sequence[tuple[str, Iterable[int]]],
    accounts: Sequence[int] | None = None,
    revenue_minor: int = 100_00,
    visits_per_year: float = 12,
    capacity_h: float | None = 1600,
    cut: Iterable[tuple[int, int]] = (),
) -> Land:
    """accounts: how many in each unit (one each when left out); territories: name and unit numbers of each."""
    tenant = {"workspace": company.workspace}
    layer = UnitLayer.objects.create(**tenant, name="Squares", kind="counties", state="ready", n_units=rows * columns)
    units = [_unit(tenant, layer, i, i % columns, i // columns) for i in range(rows * columns)]
    _touch(tenant, layer, units, columns, set(cut))
    counts = [1] * len(units) if accounts is None else list(accounts)
    made = _accounts(tenant, layer, units, counts, revenue_minor, visits_per_year)
    alignment = Alignment.objects.create(
        **tenant, team=company.team, unit_layer=layer, name="Today", basis="units", state="live"
    )
    land = Land(company, layer, units, made, alignment)
    for position, (name, numbers) in enumerate(territories):
        land.territories[name] = _territory(land, name, position, list(numbers), capacity_h)
    assign_accounts(land, alignment)
    return land


def assign_accounts(land: Land, alignment: Alignment) -> None:
    """The account assignments that follow from units and overrides, written one by one."""
    unit_of = dict(AccountUnit.objects.filter(layer=land.layer).values_list("account_id", "unit_id"))
    owner = dict(UnitAssignment.objects.filter(alignment=alignment).values_list("unit_id", "territory_id"))
    kept = dict(AccountOverride.objects.filter(alignment=alignment).values_list("account_id", "territory_id"))
    AccountAssignment.objects.filter(alignment=alignment).delete()
    AccountAssignment.objects.bulk_create(
        AccountAssignment(
            **land.tenant,
            alignment=alignment,
            account=account,
            territory_id=kept.get(account.pk, owner.get(unit_of.get(account.pk, 0))),
            source="override" if account.pk in kept else "unit",
            cell=account.cell,
            mercator_x=account.mercator_x,
            mercator_y=account.mercator_y,
            revenue_minor=account.revenue_minor,
            potential_minor=account.potential_minor,
            pipeline_minor=account.pipeline_minor,
            workload_h=account.workload_h,
            visits_per_year=account.visits_per_year,
        )
        for account in Account.objects.all()
    )


def add_account(land: Land, number: int | None, **values: Any) -> Account:
    """One more account in a unit, or unplotted."""
    tenant = land.tenant
    place: dict[str, Any] = {}
    if number is not None:
        place = _place(land.units[number].lon, land.units[number].lat)
    external_id = f"X{Account.objects.count()}"
    account = Account.objects.create(**tenant, external_id=external_id, name=external_id, **place, **values)
    if number is not None:
        AccountUnit.objects.create(**tenant, layer=land.layer, account=account, unit=land.units[number])
    land.accounts.append(account)
    refresh_units(land)
    return account


def refresh_units(land: Land) -> None:
    """Sums of the accounts inside each unit."""
    for unit in land.units:
        inside = Account.objects.filter(pk__in=AccountUnit.objects.filter(unit=unit).values("account_id"))
        unit.n_accounts = len(inside)
        unit.revenue_minor = sum(account.revenue_minor for account in inside)
        unit.potential_minor = sum(account.potential_minor for account in inside)
        unit.pipeline_minor = sum(account.pipeline_minor for account in inside)
        unit.workload_h = sum(account.workload_h for account in inside)
        unit.save()


def square(column: int, row: int, columns: int = 1, rows: int = 1) -> MultiPolygon:
    west, south = WEST + column, SOUTH + row
    return MultiPolygon(Polygon.from_bbox((west, south, west + columns, south + rows)), srid=4326)


def _unit(tenant: dict[str, Any], layer: UnitLayer, i: int, column: int, row: int) -> BasicUnit:
    lon, lat = WEST + column + 0.5, SOUTH + row + 0.5
    x, y = (int(value[0]) for value in mercator(np.array([lon]), np.array([lat])))
    bounds = {"x_min": x - 9, "x_max": x + 9, "y_min": y - 9, "y_max": y + 9}
    return BasicUnit.objects.create(
        **tenant, layer=layer, code=f"{i:04d}", name=f"Square {i}", boundary=square(column, row),
        lon=lon, lat=lat, area_m2=10_000 * KM2, **bounds,
    )  # fmt: skip


def _touch(
    tenant: dict[str, Any], layer: UnitLayer, units: list[BasicUnit], columns: int, cut: set[tuple[int, int]]
) -> None:
    east = [(i, i + 1) for i in range(len(units)) if (i + 1) % columns]
    north = [(i, i + columns) for i in range(len(units) - columns)]
    UnitAdjacency.objects.bulk_create(
        UnitAdjacency(**tenant, layer=layer, unit_a=units[i], unit_b=units[j], is_cut=(i, j) in cut)
        for i, j in east + north
    )


def _accounts(
    tenant: dict[str, Any],
    layer: UnitLayer,
    units: list[BasicUnit],
    counts: list[int],
    revenue_minor: int,
    visits_per_year: float,
) -> list[Account]:
    made = Account.objects.bulk_create(
        Account(
            **tenant,
            external_id=f"A{i}-{n}",
            name=f"Account {i}-{n}",
            revenue_minor=revenue_minor,
            potential_minor=2 * revenue_minor,
            visits_per_year=visits_per_year,
            service_min_per_visit=60,
            **_place(units[i].lon, units[i].lat),
        )
        for i, count in enumerate(counts)
        for n in range(count)
    )
    inside = [units[i] for i, count in enumerate(counts) for _ in range(count)]
    AccountUnit.objects.bulk_create(
        AccountUnit(**tenant, layer=layer, account=account, unit=unit)
        for account, unit in zip(made, inside, strict=True)
    )
    for unit, count in zip(units, counts, strict=True):
        unit.n_accounts, unit.revenue_minor = count, count * revenue_minor
        unit.potential_minor, unit.workload_h = 2 * count * revenue_minor, count * visits_per_year
        unit.save()
    return made


def _place(lon: float, lat: float) -> dict[str, Any]:
    x, y = mercator(np.array([lon]), np.array([lat]))
    cell = int(morton(x, y)[0])
    return {"location": Point(lon, lat, srid=4326), "cell": cell, "mercator_x": int(x[0]), "mercator_y": int(y[0])}


def _territory(land: Land, name: str, position: int, numbers: list[int], capacity_h: float | None) -> Territory:
    rep = None
    if capacity_h is not None:
        rep = Rep.objects.create(
            **land.tenant, team=land.company.team, external_id=f"R-{name}", name=f"Rep {name}", capacity_h=capacity_h
        )
    outline = None
    for number in numbers:
        boundary = land.units[number].boundary
        outline = boundary if outline is None else outline.union(boundary)
    if outline is not None and outline.geom_type == "Polygon":
        outline = MultiPolygon(outline, srid=4326)
    territory = Territory.objects.create(
        **land.tenant, alignment=land.alignment, rep=rep, code=f"T{position + 1}", name=name, colour="#336699",
        position=position, boundary=outline, area_m2=len(numbers) * 10_000 * KM2,
    )  # fmt: skip
    UnitAssignment.objects.bulk_create(
        UnitAssignment(**land.tenant, alignment=land.alignment, unit=land.units[number], territory=territory)
        for number in numbers
    )
    return territory
