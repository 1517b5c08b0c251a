from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class RolePermission(BasePermission):
    """A view states who may use each method in `roles = {"GET": READERS, …}`; what it does not state is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated or request.member is None:
            return False
        if request.method == "OPTIONS":
            return True
        method = "GET" if request.method == "HEAD" else request.method
        if method is not None and method.lower() not in view.http_method_names:
            return True
        return request.member.role in view.roles.get(method, frozenset())
