"""The whole demo as values, before anything is written."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancing.demo import company
from balancing.demo.businesses import Businesses, make_businesses
from balancing.demo.faults import PlantedFaults, PlantedOverlap, PlantedWhiteSpace
from balancing.demo.field_plan import FieldPlan, draw_capacities, make_field_plan
from balancing.demo.ground import Ground
from balancing.demo.inside_plan import InsidePlan, make_inside_plan
from balancing.demo.names import Identity, name_businesses
from balancing.demo.overrides import Override, choose_overrides
from balancing.demo.people import Person, choose_homes, hire
from balancing.demo.places import Places, PostcodeFinder, read_places
from balancing.demo.split import BARRIER_NAME, Split, choose_split
from balancing.demo.white_space import choose_white_space, raise_potential

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

ACCOUNTS_MIN = 1_000
FORMER_OWNER_SHARE = 0.06


@dataclass(frozen=True, eq=False)
class Demo:
    """Positions count counties (ground), businesses and territories; the field plan's reps stand in its order."""

    ground: Ground
    businesses: Businesses
    identities: list[Identity]
    crm_owners: list[str]
    white_space: BoolArray
    field: FieldPlan
    field_names: list[str]
    split: Split
    overrides: list[Override]
    inside: InsidePlan
    inside_names: list[str]
    field_reps: list[Person]
    inside_reps: list[Person]

    @property
    def faults(self) -> PlantedFaults:
        inside = self.white_space[self.businesses.county]
        codes = self.ground.units.codes
        return PlantedFaults(
            overloaded=[territory_code(k) for k in self.field.overloaded],
            idle=[territory_code(k) for k in self.field.idle],
            vacant=territory_code(self.field.vacant),
            split=territory_code(self.split.territory),
            barrier=BARRIER_NAME,
            white_space=PlantedWhiteSpace(
                counties=[codes[i] for i in np.flatnonzero(self.white_space)],
                n_accounts=int(inside.sum()),
                potential_minor=int(self.businesses.potential_minor[inside].sum()),
            ),
            overrides={self.identities[o.account].external_id: territory_code(o.territory) for o in self.overrides},
            overlaps=[
                PlantedOverlap(o.city, sorted(territory_code(k) for k in (o.owner, o.claimed_by)))
                for o in self.inside.overlaps
            ],
        )


def territory_code(position: int) -> str:
    return f"T{position + 1:03d}"


def make_demo(seed: int, n_accounts: int) -> Demo:
    """Each part draws from its own stream, so that one part's draws do not move another's."""
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(7)]
    for_businesses, for_capacities, for_field, for_inside, for_names, for_people, for_owners = streams
    ground, places = Ground(company.STATES), read_places(company.STATES)
    businesses = make_businesses(for_businesses, n_accounts, places, ground)
    white_space = choose_white_space(ground, businesses)
    raise_potential(businesses, white_space)
    workload_h = np.bincount(businesses.county, businesses.workload_h, minlength=len(ground))
    capacities_h = draw_capacities(for_capacities, company.N_FIELD_REPS)
    field = make_field_plan(for_field, ground, workload_h, white_space, capacities_h)
    inside = make_inside_plan(for_inside, ground, places, workload_h, company.N_INSIDE_REPS)
    overrides = choose_overrides(ground, businesses, field)
    covered_by = field.owners[businesses.county]
    homes = choose_homes(covered_by, capacities_h, field.deviations(workload_h), businesses, places)
    field_reps, inside_reps = hire(for_people, capacities_h, homes, gone=field.vacant, n_inside=company.N_INSIDE_REPS)
    return Demo(
        ground=ground,
        businesses=businesses,
        identities=name_businesses(for_names, businesses, places, PostcodeFinder(company.STATES)),
        crm_owners=_crm_owners(for_owners, covered_by, overrides, field_reps),
        white_space=white_space,
        field=field,
        field_names=_name_territories(field.owners, ground, places, field.n_territories),
        split=choose_split(ground, field, workload_h, field.sound),
        overrides=overrides,
        inside=inside,
        inside_names=_name_territories(inside.owners, ground, places, company.N_INSIDE_REPS),
        field_reps=field_reps,
        inside_reps=inside_reps,
    )


def _name_territories(owners: IntArray, ground: Ground, places: Places, n_territories: int) -> list[str]:
    """After the largest place in each."""
    county = ground.county_of(places.lon, places.lat)
    holder = np.where(county >= 0, owners[county], -1)
    names = []
    for k in range(n_territories):
        held = np.flatnonzero(holder == k)
        largest = held[np.argmax(places.population[held])]
        names.append(f"{places.names[largest]} {places.states[largest]}")
    return names


def _crm_owners(
    rng: np.random.Generator, covered_by: IntArray, overrides: list[Override], reps: list[Person]
) -> list[str]:
    """Whom the CRM names: mostly the rep of the territory; some accounts still stand under a colleague."""
    owners = covered_by.copy()
    for override in overrides:
        owners[override.account] = override.territory
    former = (owners >= 0) & (rng.random(len(owners)) < FORMER_OWNER_SHARE)
    owners[former] = rng.integers(len(reps), size=int(former.sum()))
    return [reps[k].name if k >= 0 else "" for k in owners.tolist()]
