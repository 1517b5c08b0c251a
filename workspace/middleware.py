from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from workspace.models import Member
from workspace.tenancy import workspace
from workspace.tokens import TokenRefused, find_token

SESSION_KEY = "workspace_id"
API = "/api/v1/"


class WorkspaceMiddleware:
    """Finds the member, and runs the view in one transaction inside the member's workspace.

    An answer of 400 and above takes every write of the request back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        secret = token_secret(request)
        request.member = find_member(request) if secret is None else _member_by_token(request, secret)
        if request.member is None:
            return self.get_response(request)
        with workspace(request.member.workspace_id):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response


def token_secret(request: HttpRequest) -> str | None:
    """What stands behind `Bearer`. Where it is given, a session beside it does not count."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" and request.path_info.startswith(API) else None


def _member_by_token(request: HttpRequest, secret: str) -> Member | None:
    request.token = request.token_refusal = None
    try:
        request.token = find_token(secret)
    except TokenRefused as refusal:
        # Told by the view, which knows how the API words what it refuses.
        request.token_refusal = refusal
        return None
    request.user = request.token.member.user
    return request.token.member


def find_member(request: HttpRequest) -> Member | None:
    """The signed-in user's place in the workspace chosen in the session, or in their first one."""
    if not request.user.is_authenticated:
        return None
    members = list(request.user.memberships.select_related("workspace", "user").order_by("id"))
    chosen = request.session.get(SESSION_KEY)
    return next((member for member in members if member.workspace_id == chosen), members[0] if members else None)
