"""A run can be done again: what shows that it is the same, that the data changed, or that the alignment did."""

from collections.abc import Callable

from rest_framework.test import APIClient

from balancing.models import Run
from tests.balancing.grid import Land, add_account
from tests.balancing.running import finish, start
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
THREE_TO_ONE = [("West", [0]), ("East", [1, 2, 3])]


def give(client: APIClient, land: Land, number: int, name: str) -> None:
    """One edit of the alignment, which is made a draft for it."""
    with workspace(land.company.workspace.id):
        land.alignment.refresh_from_db()
        land.alignment.state = "draft"
        land.alignment.save(update_fields=["state"])
    edit = {"op": "assign_units", "unit_ids": [land.units[number].pk], "territory_id": land.territories[name].pk}
    address = f"/api/v1/alignments/{land.alignment.pk}/edits"
    response = client.post(address, edit, headers={"If-Match": f'"{land.alignment.revision}"'})
    assert response.status_code == 200, response.json()


def test_the_same_again_has_the_same_data_version_and_plan(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    one, other = finish(client, made), finish(client, made)
    assert one["id"] != other["id"]
    for key in ("data_hash", "engine_version", "settings"):
        assert one[key] == other[key]
    assert one["result"]["plan_hash"] == other["result"]["plan_hash"] != ""


def test_other_data_show_in_the_hash(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    one = finish(client, made)
    with workspace(cast.workspace.id):
        add_account(made, 3)
    other = finish(client, made)
    assert one["data_hash"] != other["data_hash"]
    assert other["base_changed"] is False


def test_another_plan_has_another_hash(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    plans = [finish(client, made, max_moved_fraction=limit)["result"]["plan_hash"] for limit in (None, 0)]
    assert plans[0] != plans[1]


def test_a_run_says_how_often_its_alignment_was_changed_since(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    run = finish(client, made)
    assert (run["base_changed"], run["n_base_changes"]) == (False, 0)
    give(client, made, 1, "West")
    give(client, made, 2, "West")
    changed = client.get(f"/api/v1/runs/{run['id']}").json()
    assert (changed["base_changed"], changed["n_base_changes"]) == (True, 2)
    assert changed["result_alignment_id"] == run["result_alignment_id"]
    again = finish(client, made)
    assert (again["base_changed"], again["base_revision"]) == (False, 3)


def test_an_edit_before_the_worker_reads_is_part_of_the_run(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    waiting = start(client, made)
    give(client, made, 1, "West")
    assert client.get(f"/api/v1/runs/{waiting['id']}").json()["n_base_changes"] == 1


def test_the_number_of_moves_that_are_enough_is_the_least(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """Three of eight units have to change hands for ±5 %, fewer for ±50 %."""
    made, client = land(1, 8, territories=[("West", [0]), ("East", list(range(1, 8)))]), client_of(cast.manager)
    result = finish(client, made)["result"]
    assert (result["n_moves"], result["n_moves_enough"]) == (3, 3)
    wide = finish(client, made, metrics=[{"key": "accounts", "tolerance": 0.5}])["result"]
    assert wide["n_moves_enough"] <= wide["n_moves"]
    out_of_reach = finish(client, made, max_moved_fraction=0.125)["result"]
    assert out_of_reach["n_moves_enough"] is None


def test_a_run_from_before_these_figures_were_kept_is_still_shown(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    run = finish(client, made)
    with workspace(cast.workspace.id):
        old = {key: value for key, value in run["result"].items() if key not in {"plan_hash", "n_moves_enough"}}
        Run.objects.filter(pk=run["id"]).update(result=old)
    shown = client.get(f"/api/v1/runs/{run['id']}").json()["result"]
    assert (shown["plan_hash"], shown["n_moves_enough"]) == ("", None)
