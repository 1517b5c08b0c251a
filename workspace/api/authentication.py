from rest_framework import authentication
from rest_framework.request import Request

from workspace.middleware import token_secret
from workspace.models import ApiToken, User


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer tm_…`, looked up by the middleware; no cookie takes part, so none is asked for CSRF."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        given = request._request
        if token_secret(given) is None:
            return None
        if given.token_refusal is not None:
            raise given.token_refusal
        return given.token.member.user, given.token

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; answers 401, not 403, to those who are not signed in."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
