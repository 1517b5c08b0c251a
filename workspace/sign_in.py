from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SignInAdapter(DefaultAccountAdapter):
    """People are invited by their workspace's admin; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
