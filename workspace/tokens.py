"""API tokens: how a secret is made, and whose it is. Looked up before any workspace is known."""

import hashlib
import secrets
from typing import NamedTuple

from django.db import connection

from workspace.exceptions import DomainError
from workspace.models import ApiToken, ApiTokenState
from workspace.tenancy import workspace

MARK = "tm_"
SHOWN_CHARACTERS = 9


class TokenRefused(DomainError):
    status = 401
    code = "unauthenticated"
    title = "The API token was refused"


class NewSecret(NamedTuple):
    """`secret` is shown once, `prefix` tells tokens apart, `digest` is kept."""

    secret: str
    prefix: str
    digest: str


def new_secret() -> NewSecret:
    secret = MARK + secrets.token_urlsafe(32)
    return NewSecret(secret, secret[:SHOWN_CHARACTERS], digest_of(secret))


def digest_of(secret: str) -> str:
    """Random secrets of 256 bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str) -> ApiToken:
    """The active token with its member, user and workspace, its use noted. TokenRefused says why not."""
    with connection.cursor() as cursor:
        # By its hash: how long the search takes tells nothing of the secret.
        cursor.execute("SELECT workspace_id, id FROM workspace_api_token(%s)", [digest_of(secret)])
        row = cursor.fetchone()
    if row is None:
        raise TokenRefused("There is no such API token.")
    workspace_id, token_id = row
    with workspace(workspace_id), connection.cursor() as cursor:
        tokens = ApiToken.objects.select_related("member__user", "member__workspace")
        token = tokens.get(workspace_id=workspace_id, pk=token_id)
        if token.state == ApiTokenState.REVOKED:
            raise TokenRefused("This API token was revoked.")
        if token.state == ApiTokenState.EXPIRED:
            raise TokenRefused(f"This API token expired on {token.expires_at:%Y-%m-%d}.")
        if not token.member.user.is_active:
            raise TokenRefused("The login this API token belongs to was switched off.")
        cursor.execute(_NOTE_USE, [workspace_id, token_id])
    return token


# At most once a minute, and past whoever notes it at this moment: many calls with one token do not wait for each other.
_NOTE_USE = """
UPDATE workspace_apitoken SET last_used_at = clock_timestamp() WHERE id IN (
    SELECT id FROM workspace_apitoken
    WHERE workspace_id = %s AND id = %s
      AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
    FOR UPDATE SKIP LOCKED)
"""
