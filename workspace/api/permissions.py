from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workspace.api.scopes import scopes_for
from workspace.exceptions import DomainError
from workspace.middleware import API
from workspace.models import ApiToken


class ScopeMissing(DomainError):
    status = 403
    code = "scope_missing"
    title = "The API token does not allow this"


class RolePermission(BasePermission):
    """A view states who may use each method in `roles = {"GET": READERS, …}`; what it does not state is closed.

    An API token may do what its member may, as far as its scopes go.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated or request.member is None:
            return False
        if request.method == "OPTIONS":
            return True
        method = "GET" if request.method == "HEAD" else request.method
        if method is not None and method.lower() not in view.http_method_names:
            return True
        if request.member.role not in view.roles.get(method, frozenset()):
            return False
        if isinstance(request.auth, ApiToken):
            require_scope(request.auth, method=str(method), path=request.path_info.removeprefix(API))
        return True


def require_scope(token: ApiToken, *, method: str, path: str) -> None:
    """ScopeMissing names what the token lacks."""
    needed = scopes_for(method, path)
    if not needed:
        raise ScopeMissing("This is not done by API token: sign in.")
    if needed.isdisjoint(token.scopes):
        raise ScopeMissing(f"This needs a token with the scope {' or '.join(sorted(needed))}.")
