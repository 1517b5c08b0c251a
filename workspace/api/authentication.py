from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; answers 401, not 403, to those who are not signed in."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
