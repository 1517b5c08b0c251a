from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from workspace.models import Member
from workspace.tenancy import workspace

SESSION_KEY = "workspace_id"


class WorkspaceMiddleware:
    """Finds the member, and runs the view in one transaction inside the member's workspace.

    An answer of 400 and above takes every write of the request back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.member = find_member(request)
        if request.member is None:
            return self.get_response(request)
        with workspace(request.member.workspace_id):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response


def find_member(request: HttpRequest) -> Member | None:
    """The signed-in user's place in the workspace chosen in the session, or in their first one."""
    if not request.user.is_authenticated:
        return None
    members = list(request.user.memberships.select_related("workspace", "user").order_by("id"))
    chosen = request.session.get(SESSION_KEY)
    return next((member for member in members if member.workspace_id == chosen), members[0] if members else None)
