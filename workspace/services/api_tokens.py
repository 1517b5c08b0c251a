from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from workspace.exceptions import Conflict
from workspace.models import ApiToken, Member, Scope
from workspace.services.changes import record_change
from workspace.tokens import new_secret

DEFAULT_DAYS, MAX_DAYS = 90, 366
MAX_TOKENS = 50
SUBJECT = "api_token"


@transaction.atomic
def create_api_token(
    *, name: str, scopes: Sequence[Scope], actor: Member, expires_in_days: int = DEFAULT_DAYS
) -> tuple[ApiToken, str]:
    """The token and its secret, which is not kept and cannot be shown again."""
    now = timezone.now()
    mine = ApiToken.objects.filter(workspace_id=actor.workspace_id, member=actor)
    if mine.filter(revoked_at=None, expires_at__gt=now).count() >= MAX_TOKENS:
        raise Conflict(f"You have {MAX_TOKENS} active API tokens, the most there may be. Revoke one first.")
    made = new_secret()
    token = ApiToken.objects.create(
        workspace_id=actor.workspace_id,
        member=actor,
        name=name,
        prefix=made.prefix,
        digest=made.digest,
        scopes=[scope.value for scope in Scope if scope in scopes],
        expires_at=now + timedelta(days=expires_in_days),
    )
    record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=token.id,
        operation="create",
        label=f"Made API token {token.name} ({', '.join(token.scopes)}), good for {expires_in_days} days",
    )
    return token, made.secret


@transaction.atomic
def revoke_api_token(token: ApiToken, *, actor: Member) -> ApiToken:
    """From the next request on it is refused. A token that was revoked already stays as it is."""
    locked = ApiToken.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=token.pk)
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=locked.id,
        operation="revoke",
        label=f"Revoked API token {locked.name}",
    )
    return locked
