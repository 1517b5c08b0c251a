from django.db import transaction

from territory.history import NAMED, SUBJECT
from territory.models import Alignment
from workspace.exceptions import Invalid
from workspace.models import Change, Member
from workspace.services.changes import record_change


@transaction.atomic
def name_version(alignment: Alignment, *, name: str, revision: int, actor: Member) -> Change:
    """A name on a point of the history. Changes nothing, so that it is allowed in every state."""
    if not 1 <= revision <= alignment.revision:
        problem = "there is no such revision of this alignment"
        raise Invalid.field("revision", problem, value=revision, bound=[1, alignment.revision])
    return record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=alignment.pk,
        operation=NAMED,
        label=name,
        revision_before=revision,
        revision_after=revision,
    )
