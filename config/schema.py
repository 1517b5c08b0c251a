"""OpenAPI: every operation can answer with problem details."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView

schema_view = SpectacularAPIView.as_view()


class SessionScheme(OpenApiAuthenticationExtension):
    """The browser's session cookie; writes also need the CSRF token in `X-CSRFToken`."""

    target_class = "workspace.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class TokenScheme(OpenApiAuthenticationExtension):
    """An API token: `Authorization: Bearer tm_…`."""

    target_class = "workspace.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "examples": ["stale"]},
        "detail": {"type": "string", "examples": ["lat: must be between -90 and 90"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "problem"],
                "properties": {"field": {"type": "string"}, "problem": {"type": "string"}, "value": {}, "bound": {}},
            },
        },
        "revision": {"type": "integer", "description": "With `stale`: the revision that is current now."},
        "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
        "undoable": {
            "type": "object",
            "description": "With an undo's `conflict`: how much of the edit nobody has changed since.",
            "required": ["n_parts", "n_all"],
            "properties": {"n_parts": {"type": "integer"}, "n_all": {"type": "integer"}},
        },
        "touched": {
            "type": "object",
            "description": "With `stale`: what others have changed since, by kind of id.",
            "required": ["unit_ids", "account_ids", "territory_ids", "holder_ids"],
            "properties": {
                name: {"type": "array", "items": {"type": "integer"}}
                for name in ("unit_ids", "account_ids", "territory_ids", "holder_ids")
            },
        },
    },
}
_REFUSALS = {
    "get": ("401", "403", "404"),
    "post": ("400", "401", "403", "404", "409", "412", "413", "428"),
    "patch": ("400", "401", "403", "404", "409", "412", "428"),
    "put": ("400", "401", "403", "404", "409", "412", "428"),
    "delete": ("401", "403", "404", "409", "412", "428"),
}


def describe_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    result["components"].setdefault("schemas", {})["Problem"] = _PROBLEM
    answer = {
        "description": "Refused, and why",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in _REFUSALS.get(method, ()):
                operation["responses"].setdefault(status, answer)
    return result
