"""Invented names and addresses, drawn from the word lists."""

from dataclasses import dataclass

import numpy as np

from balancing.demo.businesses import Businesses
from balancing.demo.places import Places, Postcode, PostcodeFinder
from balancing.demo.words import (
    FAMILY_NAMES,
    FIRST_SYLLABLES,
    FORMS,
    GIVEN_NAMES,
    LAST_SYLLABLES,
    STREET_KINDS,
    STREETS,
    TRADES,
)

COUNTRY = "US"
HOUSE_NUMBER_MAX = 4999


@dataclass(frozen=True)
class Identity:
    """How one business is called and addressed."""

    external_id: str
    name: str
    street: str
    city: str
    region: str
    postal_code: str
    phone: str


def name_businesses(
    rng: np.random.Generator, businesses: Businesses, places: Places, postcodes: PostcodeFinder
) -> list[Identity]:
    names = _unique_names(rng, len(businesses))
    codes = _postcodes(businesses, places, postcodes)
    streets = [_street(rng) for _ in names]
    return [
        Identity(
            external_id=f"ACC-{number:05d}",
            name=name,
            street=street,
            city=places.names[place],
            region=places.states[place],
            postal_code=code.code,
            phone=fictional_phone(rng, code.area_code),
        )
        for number, (name, street, code, place) in enumerate(
            zip(names, streets, codes, businesses.place.tolist(), strict=True), start=1
        )
    ]


def name_people(rng: np.random.Generator, n_people: int) -> list[str]:
    """Everybody has a given name and a family name of their own."""
    given = rng.permutation(GIVEN_NAMES)[:n_people]
    family = rng.permutation(FAMILY_NAMES)[:n_people]
    return [f"{one} {other}" for one, other in zip(given, family, strict=True)]


def fictional_phone(rng: np.random.Generator, area_code: str) -> str:
    """555-0100 to 555-0199 are kept free for fiction."""
    return f"({area_code}) 555-01{rng.integers(100):02d}"


def _unique_names(rng: np.random.Generator, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        stem = f"{_pick(rng, FIRST_SYLLABLES)}{_pick(rng, LAST_SYLLABLES)}"
        names.setdefault(" ".join(filter(None, (stem, _pick(rng, TRADES), _pick(rng, FORMS)))))
    return list(names)


def _street(rng: np.random.Generator) -> str:
    return f"{rng.integers(1, HOUSE_NUMBER_MAX + 1)} {_pick(rng, STREETS)} {_pick(rng, STREET_KINDS)}"


def _postcodes(businesses: Businesses, places: Places, postcodes: PostcodeFinder) -> list[Postcode]:
    states = np.array(places.states)[businesses.place]
    found: dict[int, Postcode] = {}
    for state in np.unique(states):
        rows = np.flatnonzero(states == state)
        nearest = postcodes.nearest(str(state), businesses.lon[rows], businesses.lat[rows])
        found.update(zip(rows.tolist(), nearest, strict=True))
    return [found[row] for row in range(len(businesses))]


def _pick(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[rng.integers(len(words))]
