from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Rep
from workspace.exceptions import Conflict
from workspace.models import Member
from workspace.services.changes import record_change


@transaction.atomic
def create_rep(*, actor: Member, **fields: Any) -> Rep:
    rep = Rep(workspace_id=actor.workspace_id, **fields)
    _save(rep)
    _record(rep, "create", f"Added rep {rep.name}", actor)
    return rep


@transaction.atomic
def update_rep(rep: Rep, *, actor: Member, **fields: Any) -> Rep:
    patch = {}
    for name, value in fields.items():
        before = getattr(rep, name)
        if before != value:
            patch[name] = [_plain(before), _plain(value)]
            setattr(rep, name, value)
    if patch:
        _save(rep)
        _record(rep, "update", f"Changed rep {rep.name}", actor, patch)
    return rep


def deactivate_rep(rep: Rep, *, actor: Member) -> Rep:
    """A rep is never erased: history, snapshots and archived alignments name them."""
    return update_rep(rep, actor=actor, is_active=False)


def _save(rep: Rep) -> None:
    try:
        with transaction.atomic():
            rep.save()
    except IntegrityError as error:
        if "accounts_rep_external_id" in str(error):
            raise Conflict(f"external_id: another rep has the id {rep.external_id!r}") from error
        raise


def _record(rep: Rep, operation: str, label: str, actor: Member, patch: dict[str, Any] | None = None) -> None:
    record_change(actor=actor, subject_kind="rep", subject_id=rep.id, operation=operation, label=label, patch=patch)


def _plain(value: Any) -> Any:
    """A value as the history's JSON can hold it."""
    if hasattr(value, "coords"):
        return list(value.coords)
    return value.pk if hasattr(value, "pk") else value
