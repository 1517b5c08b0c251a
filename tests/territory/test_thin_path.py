"""From a layer to a tile over the API, as the desk does it."""

import pytest
from rest_framework.test import APIClient

from tests.territory.world import World, middle


@pytest.fixture
def painted(world: World, manager: APIClient) -> dict:
    """A blank units alignment with two territories: West has column 0, East columns 1 and 2 but for the corner 2-2."""
    for column, row in ((0, 0), (0, 1), (1, 1), (2, 0), (2, 2)):
        world.account(column, row, revenue=1000)
    world.account(None, revenue=7)
    body = {
        "name": "Plan",
        "team_id": world.team.pk,
        "basis": "units",
        "source": "blank",
        "unit_layer_id": world.layer.pk,
    }
    alignment = manager.post("/api/v1/alignments", body).json()
    url = f"/api/v1/alignments/{alignment['id']}"
    answer = None
    for name, codes in (("West", ("0-0", "0-1", "0-2")), ("East", ("1-0", "1-1", "1-2", "2-0", "2-1"))):
        revision = alignment["revision"] if answer is None else answer["alignment"]["revision"]
        edit = {"op": "add_territory", "name": name, "unit_ids": world.units(*codes)}
        answer = manager.post(f"{url}/edits", edit, headers={"If-Match": f'"{revision}"'}).json()
    return {"url": url, "id": alignment["id"], "revision": answer["alignment"]["revision"], "answer": answer}


def test_painting_units_moves_their_accounts_and_answers_with_new_totals(painted: dict) -> None:
    [east] = painted["answer"]["territories"]
    assert (east["name"], east["totals"]["accounts"], east["totals"]["revenue_minor"]) == ("East", 2, 2000)
    assert painted["answer"]["n_accounts_moved"] == 2
    assert painted["answer"]["alignment"]["can_undo"] == {"label": "Added territory “East”"}


def test_all_territories_are_listed_with_totals_and_white_space_is_not_one(manager: APIClient, painted: dict) -> None:
    rows = manager.get(f"/api/v1/territories?alignment={painted['id']}").json()
    assert [(row["name"], row["totals"]["accounts"]) for row in rows] == [("West", 2), ("East", 2)]


def test_the_units_say_whose_they_are(world: World, manager: APIClient, painted: dict) -> None:
    answer = manager.get(f"{painted['url']}/units").json()
    assert sum(owner is None for owner in answer["territory_ids"]) == 1
    assert len(answer["unit_ids"]) == 9


def test_boundaries_are_the_union_of_the_units(manager: APIClient, painted: dict) -> None:
    features = manager.get(f"{painted['url']}/boundaries").json()["features"]
    assert [feature["properties"]["name"] for feature in features] == ["West", "East"]
    assert len(features[0]["geometry"]["coordinates"]) == 1


@pytest.mark.parametrize("layer", ["accounts", "units", "territories"])
@pytest.mark.parametrize("place", ["5/8/12", "12/1092/1658"])
def test_tiles_have_an_etag_and_are_not_sent_twice(manager: APIClient, painted: dict, layer: str, place: str) -> None:
    url = f"{painted['url']}/tiles/{layer}/{place}.mvt"
    first = manager.get(url)
    assert first.status_code in {200, 204}
    assert first["ETag"].startswith(f'"{painted["id"]}-{painted["revision"]}-')
    assert manager.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_tile_over_the_grid_holds_something(manager: APIClient, painted: dict) -> None:
    answers = [
        manager.get(f"{painted['url']}/tiles/{layer}/5/8/12.mvt") for layer in ("accounts", "units", "territories")
    ]
    assert all(answer.status_code == 200 and len(answer.content) > 50 for answer in answers)


def test_a_lasso_sums_what_lies_inside_by_territory(manager: APIClient, painted: dict) -> None:
    west, south = middle(-0.4, -0.4)
    east, north = middle(1.4, 1.4)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = {"type": "Polygon", "coordinates": [ring]}
    answer = manager.post(f"{painted['url']}/selection", {"area": area}).json()
    assert (answer["n_accounts"], answer["revenue_minor"]) == (3, 3000)
    assert [part["n_accounts"] for part in answer["by_territory"]] == [2, 1]


def test_accounts_come_with_their_territory(manager: APIClient, painted: dict) -> None:
    rows = manager.get(f"/api/v1/accounts?alignment={painted['id']}").json()["results"]
    assert sorted(row["territory"]["name"] if row["territory"] else "" for row in rows) == [
        "", "", "East", "East", "West", "West",
    ]  # fmt: skip


def test_accounts_of_no_territory_are_white_space_and_unplotted(manager: APIClient, painted: dict) -> None:
    rows = manager.get(f"/api/v1/accounts?alignment={painted['id']}&territory=none").json()["results"]
    assert sorted(row["lon"] is None for row in rows) == [False, True]
