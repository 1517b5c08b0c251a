"""A small world that fits on a napkin: a 3×3 grid of square units in central Georgia, with accounts where one says.

Unit "c-r" is the square of column c and row r, half a degree wide; row 0 is the southernmost.
"""

from dataclasses import dataclass, field

import numpy as np
import shapely
from django.contrib.gis.geos import Point
from shapely import MultiPolygon

from accounts.cells import mercator, morton
from accounts.importing.followers import accounts_changed
from accounts.models import Account, GeocodeQuality, Rep
from territory.layers.building import write_layer
from territory.layers.units import Units, unique_edges
from territory.models import Alignment, BasicUnit, Territory, UnitAssignment, UnitLayer, UnitLayerKind
from territory.services.create_alignment import create_alignment
from territory.services.edit_alignment import Edited, edit_alignment
from workspace.models import Member, Team, Workspace

WEST, SOUTH, SIDE = -84.0, 32.0, 0.5
SIZE = 3


def square(column: float, row: float, columns: float = 1, rows: float = 1) -> MultiPolygon:
    """A rectangle of grid squares."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return MultiPolygon([shapely.box(west, south, west + columns * SIDE, south + rows * SIDE)])


def middle(column: float, row: float) -> tuple[float, float]:
    return WEST + (column + 0.5) * SIDE, SOUTH + (row + 0.5) * SIDE


def grid_units(size: int = SIZE) -> Units:
    places = [(column, row) for column in range(size) for row in range(size)]
    position = {place: index for index, place in enumerate(places)}
    steps = [(place, (place[0] + dx, place[1] + dy)) for place in places for dx, dy in ((1, 0), (0, 1))]
    edges = [(position[a], position[b]) for a, b in steps if b in position]
    codes = [f"{column}-{row}" for column, row in places]
    return Units(codes, codes, [square(*place) for place in places], unique_edges(np.array(edges)))


@dataclass
class World:
    """The grid in one workspace, written through the code that writes real layers."""

    workspace: Workspace
    team: Team
    actor: Member
    layer: UnitLayer = field(init=False)

    def __post_init__(self) -> None:
        self.layer = UnitLayer.objects.create(
            workspace=self.workspace, name="Grid", kind=UnitLayerKind.COUNTIES, settings={"states": []}
        )
        write_layer(self.layer, grid_units())

    def account(
        self, column: float | None, row: float | None = None, *, revenue: int = 100, **fields: object
    ) -> Account:
        """In the middle of a square (fractions move it), or without a place."""
        n = Account.objects.count()
        place: dict[str, object] = {}
        if column is not None and row is not None:
            lon, lat = middle(column, row)
            x, y = mercator(np.array([lon]), np.array([lat]))
            place = {
                "location": Point(lon, lat, srid=4326), "cell": int(morton(x, y)[0]),
                "mercator_x": int(x[0]), "mercator_y": int(y[0]), "geocode_quality": GeocodeQuality.GIVEN,
            }  # fmt: skip
        values = {"external_id": f"A{n:05d}", "name": f"Account {n}", "revenue_minor": revenue} | place | fields
        account = Account.objects.create(workspace=self.workspace, **values)
        accounts_changed(workspace_id=self.workspace.pk, account_ids=[account.pk])
        return account

    def rep(self, name: str, *, home: tuple[float, float] | None = None, **fields: object) -> Rep:
        point = Point(*home, srid=4326) if home else None
        return Rep.objects.create(
            workspace=self.workspace, team=self.team, external_id=f"R-{name}", name=name, home=point, **fields
        )

    def alignment(self, basis: str = "units", **fields: object) -> Alignment:
        layer = self.layer if basis == "units" else None
        values = {"name": "Plan", "team": self.team, "basis": basis, "source": "blank", "unit_layer": layer} | fields
        return create_alignment(actor=self.actor, **values)

    def edit(self, alignment: Alignment, operation: str, *, actor: Member | None = None, **arguments: object) -> Edited:
        """One operation on the present revision."""
        alignment.refresh_from_db(fields=["revision"])
        return edit_alignment(
            alignment.pk,
            operation=operation,
            arguments=arguments,
            revision=alignment.revision,
            actor=actor or self.actor,
        )

    def territory(self, alignment: Alignment, name: str, *codes: str, **arguments: object) -> Territory:
        """A new territory, with the units of these codes."""
        if codes:
            arguments["unit_ids"] = self.units(*codes)
        self.edit(alignment, "add_territory", name=name, **arguments)
        return Territory.objects.get(alignment=alignment, name=name)

    def units(self, *codes: str) -> list[int]:
        ids = dict(BasicUnit.objects.filter(layer=self.layer).values_list("code", "id"))
        return [ids[code] for code in codes]

    def owner_of(self, alignment: Alignment, code: str) -> str | None:
        row = UnitAssignment.objects.filter(alignment=alignment, unit_id=self.units(code)[0]).first()
        return row.territory.name if row else None
