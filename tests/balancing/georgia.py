"""54,093 real companies in the 159 counties of Georgia, and an alignment of twelve territories on them."""

from io import StringIO
from pathlib import Path

import numpy as np
from django.core.management import call_command
from django.db import connection

from accounts.models import Rep
from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.models import Alignment, Territory, UnitAssignment
from territory.services.unit_layers import load_unit_layer
from tests.balancing.grid import Land
from tests.cast import Company

N_REPS = 12


def make_georgia(company: Company, shared_data: Path) -> Land:
    """Counties are dealt out in bands from north to south, as uneven as the state is."""
    tenant = {"workspace": company.workspace}
    manager = company.members["manager"]
    companies = shared_data / "accounts" / "ga_businesses_ppp_2020.csv.gz"
    whose = ("--workspace", company.workspace.slug, "--member", manager.user.email)
    call_command("import_accounts", companies, *whose, stdout=StringIO())
    _analyze()
    layer = load_unit_layer(name="Georgia", kind="counties", states=["GA"], actor=manager)
    units = list(layer.units.order_by("-lat"))
    alignment = Alignment.objects.create(
        **tenant, team=company.team, unit_layer=layer, name="Bands", basis="units", state="live"
    )
    land = Land(company, layer, units, [], alignment)
    for k, band in enumerate(np.array_split(np.arange(len(units)), N_REPS)):
        rep = Rep.objects.create(**tenant, team=company.team, external_id=f"R{k}", name=f"Rep {k}")
        territory = Territory.objects.create(
            **tenant, alignment=alignment, rep=rep, code=f"T{k}", name=f"Band {k}", colour="#336699", position=k
        )
        UnitAssignment.objects.bulk_create(
            UnitAssignment(**tenant, alignment=alignment, unit=units[i], territory=territory) for i in band
        )
        land.territories[territory.name] = territory
    derive_boundaries(alignment, [territory.pk for territory in land.territories.values()])
    _analyze()
    refresh(alignment, all_accounts())
    _analyze()
    return land


def _analyze() -> None:
    """What autovacuum does within a minute of an import; it cannot look into this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE")
        cursor.execute("SET ROLE app_web")
