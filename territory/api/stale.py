from collections.abc import Callable
from functools import wraps
from typing import Any

from rest_framework.response import Response

from workspace.api.serializers import ChangeSerializer
from workspace.exceptions import Stale

View = Callable[..., Response]


def with_changes(view: View) -> View:
    """Let a refusal for a stale revision say what has changed since, in the API's words."""

    @wraps(view)
    def wrapped(*arguments: Any, **named: Any) -> Response:
        try:
            return view(*arguments, **named)
        except Stale as stale:
            stale.extra["changes"] = ChangeSerializer(stale.extra.get("changes", []), many=True).data
            raise

    return wrapped
