"""A crowd of accounts in a database of its own: a third in one city, the rest spread over Georgia. Gone afterwards.

Set Django up before importing this. Read and written as the web role, under row-level security like everything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from django.contrib.gis.geos import Point
from django.db import connection

from accounts.cells import mercator, morton
from accounts.models import Rep
from accounts.segments import number_segments
from territory.models import Alignment, Basis, UnitLayer, UnitLayerKind
from territory.services.create_alignment import Source, create_alignment
from territory.services.unit_layers import load_unit_layer
from tests.conftest import WEB_ROLE, become
from workspace.models import Member, Team, User, Workspace
from workspace.services.tenants import create_workspace
from workspace.tenancy import workspace

N_ACCOUNTS = 100_000
N_REPS = 24
SEED = 11
WEST, SOUTH, EAST, NORTH = -85.6, 30.4, -80.9, 34.95
_INSERT = """
INSERT INTO accounts_account (workspace_id, external_id, name, street, city, region, postal_code, country, phone,
    segment, crm_owner, location, cell, mercator_x, mercator_y, geocode_quality, revenue_minor, potential_minor,
    pipeline_minor, visits_per_year, service_min_per_visit, custom_metrics, updated_at)
SELECT %s, 'A' || i, 'Account ' || i, '', '', '', '', '', '', 'Segment ' || i %% 6, '',
    ST_SetSRID(ST_MakePoint(lon, lat), 4326), c, x, y,
    'given', r, 2 * r, r / 10, 4, 30, '{}', now()
FROM unnest(%s::float8[], %s::float8[], %s::bigint[], %s::int[], %s::int[], %s::bigint[])
    WITH ORDINALITY AS q (lon, lat, c, x, y, r, i)
"""


@dataclass
class Crowd:
    workspace_id: int
    actor: Member
    team: Team
    layer: UnitLayer

    def alignment(self, basis: str) -> Alignment:
        """One territory per rep, by nearest home; drawn along the same lines for the drawn basis."""
        with workspace(self.workspace_id):
            made = create_alignment(
                name="By home", team=self.team, basis=Basis.UNITS, source=Source.UNIT_LAYER, unit_layer=self.layer,
                actor=self.actor,
            )  # fmt: skip
            if basis == Basis.UNITS:
                return made
            return create_alignment(
                name="Drawn", team=self.team, basis=basis, source=Source.COPY, copy_of=made, actor=self.actor
            )

    def vacuum(self) -> None:
        """What autovacuum does soon after a load; only the owner may."""
        become(connection, None)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) territory_accountassignment")
        become(connection, WEB_ROLE)


@contextmanager
def crowd(n_accounts: int = N_ACCOUNTS) -> Iterator[Crowd]:
    present = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    become(connection, WEB_ROLE)
    try:
        yield _fill(n_accounts)
    finally:
        become(connection, None)
        connection.creation.destroy_test_db(present, verbosity=0)


def _fill(n_accounts: int) -> Crowd:
    user = User.objects.create_user("crowd@example.com", name="Crowd")
    made, actor = create_workspace(name="Crowd", slug="crowd", owner=user)
    with workspace(made.pk):
        team = Team.objects.create(workspace=made, name="Field")
        _insert_accounts(made.pk, n_accounts)
        _insert_reps(made, team)
        layer = load_unit_layer(name="Counties", kind=UnitLayerKind.COUNTIES, states=["GA"], actor=actor)
    return Crowd(made.pk, actor, team, layer)


def _insert_accounts(workspace_id: int, n_accounts: int) -> None:
    random = np.random.default_rng(SEED)
    lon, lat = random.uniform(WEST, EAST, n_accounts), random.uniform(SOUTH, NORTH, n_accounts)
    city = n_accounts // 3
    lon[:city], lat[:city] = random.normal(-84.39, 0.3, city), random.normal(33.75, 0.3, city)
    x, y = mercator(lon, lat)
    revenue_minor = (random.lognormal(10, 1, n_accounts) * 100).astype(np.int64)
    columns = [lon, lat, morton(x, y), x, y, revenue_minor]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [workspace_id, *(column.tolist() for column in columns)])
    number_segments(workspace_id)


def _insert_reps(made: Workspace, team: Team) -> None:
    random = np.random.default_rng(SEED)
    for number in range(N_REPS):
        home = Point(random.uniform(-85, -81.5), random.uniform(31, 34.5), srid=4326)
        Rep.objects.create(workspace=made, team=team, external_id=f"R{number}", name=f"Rep {number}", home=home)
