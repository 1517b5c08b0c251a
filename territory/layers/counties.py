"""Counties of the United States from the us-atlas package (US Census Bureau cartographic boundaries, 2017)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from territory.layers.states import STATE_FIPS
from territory.layers.topojson import decode_arcs, neighbours, to_multipolygon
from territory.layers.units import Units
from workspace.exceptions import Invalid

FILE = "counties-10m.json"
YEAR = 2017


def check_states(states: Sequence[str]) -> list[str]:
    """Postal codes in upper case, once each; the first unknown one is named."""
    codes = list(dict.fromkeys(state.strip().upper() for state in states))
    for code in codes:
        if code not in STATE_FIPS:
            raise Invalid.field("states", "is not a two-letter postal code of a state", value=code, bound="AL … WY")
    return codes


def counties(states: Sequence[str] = ()) -> Units:
    """The counties of some states, or of all; code = five-digit FIPS code."""
    topology = json.loads(_file().read_text())
    chosen = _of_states(topology["objects"]["counties"]["geometries"], check_states(states))
    arcs = decode_arcs(topology)
    return Units(
        codes=[str(geometry["id"]) for geometry in chosen],
        names=[geometry["properties"]["name"] for geometry in chosen],
        boundaries=[to_multipolygon(geometry, arcs) for geometry in chosen],
        edges=neighbours(chosen),
        year=YEAR,
    )


def _of_states(geometries: list[dict[str, Any]], states: list[str]) -> list[dict[str, Any]]:
    prefixes = {STATE_FIPS[state] for state in states} or set(STATE_FIPS.values())
    chosen = {str(g["id"]): g for g in geometries if str(g["id"])[:2] in prefixes and g.get("arcs")}
    return [chosen[code] for code in sorted(chosen)]


def _file() -> Path:
    path = Path(settings.US_ATLAS) / FILE
    if not path.is_file():
        raise Invalid(f"The county boundaries are not installed: {FILE} is missing. Run make setup.")
    return path
