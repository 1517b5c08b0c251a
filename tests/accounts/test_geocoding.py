import pytest

from accounts.geocoding.address import Place, locate
from accounts.geocoding.nearby import city_near
from accounts.models import GeocodeQuality


def find(
    *, postal_code: str = "", city: str = "", region: str = "", country: str = "", home: str | None = "US"
) -> Place | None:
    return locate(postal_code=postal_code, city=city, region=region, country=country, home_country=home)


@pytest.mark.parametrize("written", ["30401", "30401-1234"])
def test_a_us_postal_code_gives_its_middle(written: str) -> None:
    place = find(postal_code=written)
    assert place == (pytest.approx(32.57, abs=0.01), pytest.approx(-82.35, abs=0.01), GeocodeQuality.POSTCODE)


def test_a_postal_code_that_lost_its_zero_is_found() -> None:
    assert find(postal_code="2108", region="MA") == find(postal_code="02108", region="Massachusetts")


def test_a_postal_code_of_another_state_is_not_believed() -> None:
    assert find(postal_code="30401", region="TX") is None


def test_five_digits_in_germany_are_not_a_us_postal_code() -> None:
    assert find(postal_code="10115", country="Germany") is None
    assert find(postal_code="10115", home="DE") is None


def test_a_city_is_found_when_only_one_can_be_meant() -> None:
    place = find(city="Kronach", region="Bayern", country="Deutschland") or find(city="Bamberg", country="DE")
    assert place is not None
    assert place.quality is GeocodeQuality.PLACE
    assert 49 < place.lat < 51


def test_an_ambiguous_city_is_not_guessed() -> None:
    assert find(city="Springfield") is None
    assert find(city="Springfield", region="IL") is not None


def test_a_city_without_any_country_is_not_guessed() -> None:
    assert find(city="Paris", home=None) is None


@pytest.mark.parametrize("country", ["US", "usa", "United States", "U.S.A.", "united states of america"])
def test_countries_are_known_by_their_common_names(country: str) -> None:
    assert find(postal_code="30401", country=country, home=None) is not None


@pytest.mark.parametrize(("lat", "lon", "city"), [(33.7, -84.4, "Atlanta"), (51.5, -0.1, "London"), (0.0, -30.0, None)])
def test_a_place_is_called_after_the_largest_city_near_it(lat: float, lon: float, city: str | None) -> None:
    assert city_near(lat, lon, within_km=30) == city
