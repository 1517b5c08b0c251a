"""Scopes × routes: a token opens what its scope says, and never more than its member's role."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from tests.api.routes import Route
from tests.api.test_access import ROUTES, allowed, own_pk, send, url
from tests.api.world import World, make_world
from workspace.api.scopes import scopes_for
from workspace.models import Member, Role, Scope
from workspace.services.api_tokens import create_api_token
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
CLOSED = {
    ("GET", "api-tokens"), ("POST", "api-tokens"), ("DELETE", "api-tokens/{pk}"), ("PATCH", "members/{pk}"),
    ("PATCH", "session"), ("GET", "webhooks"), ("POST", "webhooks"), ("GET", "webhooks/{pk}"),
    ("PATCH", "webhooks/{pk}"), ("DELETE", "webhooks/{pk}"), ("GET", "webhooks/{pk}/deliveries"),
    ("GET", "connections"), ("POST", "connections"), ("GET", "connections/kinds"), ("GET", "connections/{pk}"),
    ("PATCH", "connections/{pk}"), ("DELETE", "connections/{pk}"), ("POST", "connections/{pk}/check"),
    ("POST", "connections/{pk}/pull"), ("PUT", "connections/{pk}/protected"), ("GET", "connections/{pk}/pushes"),
    ("POST", "connections/{pk}/pushes"), ("GET", "pushes/{pk}"), ("POST", "pushes/{pk}/start"),
    ("POST", "pushes/{pk}/retry"), ("GET", "pushes/{pk}/rows"), ("GET", "pushes/{pk}/rollback.csv"),
    ("POST", "webhooks/{pk}/test"), ("POST", "webhook-deliveries/{pk}/redeliver"),
}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return make_world()


def program(member: Member, *scopes: str) -> APIClient:
    with workspace(member.workspace_id):
        _, secret = create_api_token(name="Program", scopes=scopes, actor=member)
    return APIClient(enforce_csrf_checks=True, HTTP_AUTHORIZATION=f"Bearer {secret}")


def test_no_token_makes_tokens_or_changes_who_may_do_what_and_who_is_told() -> None:
    pairs = {(method, route.path) for route in ROUTES for method in route.methods}
    assert {pair for pair in pairs if not scopes_for(*pair)} == CLOSED


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "alignments/7", "read"),
        ("PATCH", "alignments/7", "write"),
        ("POST", "runs", "write"),
        ("GET", "accounts", "read"),
        ("POST", "accounts/bulk", "import"),
        ("PATCH", "accounts/7", "write"),
        ("POST", "imports/7/run", "import"),
        ("GET", "imports/7", "import"),
        ("GET", "exports/assignments.csv", "export"),
        ("POST", "exports", "export"),
        ("POST", "exports-of-tomorrow", "write"),
    ],
)
def test_each_group_of_routes_has_its_scope(method: str, path: str, scope: str) -> None:
    assert scopes_for(method, path) == {scope}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_the_right_scope_opens_a_route_and_all_others_together_do_not(route: Route, world: World) -> None:
    for method in sorted(route.methods, key=lambda method: method == "DELETE"):
        role = next((role for role in (Role.ADMIN, Role.REP) if role in allowed(route, method)), Role.MANAGER)
        member = world.cast.home.members[role]
        address = url(route, own_pk(route, world, role), world.own)
        needed = scopes_for(method, route.path)
        others = [scope for scope in Scope if scope not in needed]
        if others:
            refused = send(program(member, *others), method, address)
            assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing"), method
        for scope in sorted(needed):
            answer = send(program(member, scope), method, address)
            assert answer.status_code not in {401, 403, 404, 405}, (method, scope, answer.status_code)
            assert answer.status_code < 500


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_all_scopes_together_open_no_more_than_the_role(route: Route, role: str, world: World) -> None:
    client = program(world.cast.home.members[role], *Scope)
    for method in sorted(route.methods):
        if role not in allowed(route, method):
            refused = send(client, method, url(route, own_pk(route, world, role), world.own))
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), method
