"""Roles × routes: the table in access.yaml against the API as it answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from rest_framework.response import Response
from rest_framework.test import APIClient

from tests.api.routes import METHODS, Route, all_routes
from tests.api.world import RANDOM_ID, World, make_world
from workspace.models import Member, Role

TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
ROUTES = all_routes()
FIXED = {"key": "assignments.csv", "layer": "accounts", "z": "4", "x": "4", "y": "6"}
QUERY = {
    "exports/{key}": {"alignment": "alignments"},
    "territories": {"alignment": "alignments"},
    "findings": {"alignment": "alignments"},
    "findings/proposals": {"alignment": "alignments"},
    "snapshots": {"team": "teams"},
    "reviews": {"team": "teams"},
    "reviews/trend": {"team": "teams"},
    "alignments/{pk}/comparison": {"with": "alignments"},
}
ClientOf = Callable[[Member], APIClient]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def allowed(route: Route, method: str) -> list[str]:
    return TABLE["groups"].get(TABLE["routes"].get(route.path, {}).get(method), [])


def url(route: Route, pk: int, query_ids: dict[str, int]) -> str:
    path = "/api/v1/" + route.path.format(pk=pk, **FIXED)
    query = "&".join(f"{name}={query_ids[kind]}" for name, kind in QUERY.get(route.path, {}).items())
    return f"{path}?{query}" if query else path


def own_pk(route: Route, world: World, role: str = Role.MANAGER) -> int:
    """Of what belongs to a member, the role's own."""
    resource = route.path.split("/")[0]
    return world.own.get(f"{resource} of {role}", world.own.get(resource, 0))


def send(client: APIClient, method: str, address: str) -> Response:
    return client.generic(method, address, data="{}", content_type="application/json")


def test_every_route_is_in_the_table_and_the_table_names_no_other() -> None:
    assert {route.path for route in ROUTES} == set(TABLE["routes"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_the_table_names_exactly_the_methods_of_the_route(route: Route) -> None:
    assert set(TABLE["routes"].get(route.path, {})) == route.methods


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_nobody_gets_in_without_signing_in(route: Route, method: str, world: World) -> None:
    response = send(APIClient(), method, url(route, own_pk(route, world), world.own))
    assert response.status_code == 401
    assert response.json()["code"] == "unauthenticated"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_each_role_may_do_what_the_table_says_and_no_more(
    route: Route, role: str, world: World, client_of: ClientOf
) -> None:
    client = client_of(world.cast.home.members[role])
    for method in METHODS:
        response = send(client, method, url(route, own_pk(route, world, role), world.own))
        if method not in route.methods:
            assert response.status_code in {403, 405}, (method, response.status_code)
        elif role not in allowed(route, method):
            assert response.status_code == 403, (method, response.status_code)
        else:
            assert response.status_code < 500, method
            assert response.status_code not in {401, 403, 404, 405}, (method, response.status_code)


@pytest.mark.parametrize("route", [route for route in ROUTES if "{pk}" in route.path], ids=lambda route: route.path)
def test_a_foreign_object_answers_like_one_that_does_not_exist(route: Route, world: World, client_of: ClientOf) -> None:
    foreign_pk = world.foreign[route.path.split("/")[0]]
    for method in sorted(route.methods):
        for role in allowed(route, method):
            client = client_of(world.cast.home.members[role])
            foreign = send(client, method, url(route, foreign_pk, world.own))
            random = send(client, method, url(route, RANDOM_ID, world.own))
            assert (foreign.status_code, foreign.content) == (404, random.content), (method, role)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.path in QUERY], ids=lambda route: route.path)
def test_a_foreign_id_in_the_query_answers_like_one_that_does_not_exist(
    route: Route, world: World, client_of: ClientOf
) -> None:
    client = client_of(world.cast.manager)
    foreign = send(client, "GET", url(route, own_pk(route, world), world.foreign))
    random = send(client, "GET", url(route, own_pk(route, world), dict.fromkeys(world.own, RANDOM_ID)))
    assert (foreign.status_code, foreign.content) == (404, random.content)


@pytest.mark.parametrize("odd", ["0", "-1", "9223372036854775808", "abc", "1e3", "%00"])
@pytest.mark.parametrize("route", [route for route in ROUTES if "{pk}" in route.path], ids=lambda route: route.path)
def test_an_id_that_is_no_id_is_not_found(route: Route, odd: str, world: World, client_of: ClientOf) -> None:
    client = client_of(world.cast.admin)
    for method in sorted(route.methods):
        if "admin" in allowed(route, method):
            address = "/api/v1/" + route.path.replace("{pk}", odd).format(**FIXED)
            assert send(client, method, address).status_code == 404, method
