"""The push itself: rows that wait go to the CRM, and how each ended is written as it is told."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils import timezone

from territory.connectors.comparing import SEPARATOR
from territory.connectors.opening import note_success
from territory.connectors.protocol import Assignment, Connector, Outcome
from territory.connectors.running import failing, find_push, talking, update
from territory.models import Push, PushRow, PushRowState, PushState
from workspace.jobs import JobRun
from workspace.tenancy import workspace

ROWS_AT_A_TIME = 1000
WRITE_EVERY = 200


def run_push(run: JobRun) -> None:
    """A second attempt goes on where the first ended; what was sent but not written is sent again: no change."""
    push = find_push(run)
    with failing(push):
        with talking(run, push.connection) as crm:
            _Pushing(run, push, crm).go()
        note_success(push.connection)
        with workspace(push.workspace_id):
            counts = counts_of(push)
            update(push, state=PushState.DONE, error="", finished_at=timezone.now())
            left = counts.get(PushRowState.REFUSED, 0) + counts.get(PushRowState.LATER, 0)
            done = counts.get(PushRowState.DONE, 0)
            run.finish({"push_id": push.pk} | counts, message=f"{done:,} pushed, {left:,} not taken")


def counts_of(push: Push) -> dict[str, int]:
    """Rows by their state."""
    rows = PushRow.objects.filter(workspace_id=push.workspace_id, push=push).order_by()
    return dict(rows.values_list("state").annotate(n=Count("id")))


class _Pushing:
    """`_sent` are the rows whose outcome is still to come."""

    def __init__(self, run: JobRun, push: Push, crm: Connector) -> None:
        self._run, self._push, self._crm = run, push, crm
        self._sent: dict[str, int] = {}
        self._outcomes: list[tuple[int, Outcome]] = []
        self._n_done = 0
        self._n_all = 0

    def go(self) -> None:
        with workspace(self._push.workspace_id):
            self._n_all = self._waiting().count()
        try:
            for outcome in self._crm.push(self._assignments()):
                self._outcomes.append((self._sent.pop(outcome.external_id), outcome))
                if len(self._outcomes) >= WRITE_EVERY:
                    self._write()
        finally:
            # What the CRM has said stands, also where the next call failed.
            self._write()

    def _assignments(self) -> Iterator[Assignment]:
        after = 0
        while True:
            with workspace(self._push.workspace_id):
                page = list(self._waiting().filter(pk__gt=after).order_by("pk")[:ROWS_AT_A_TIME])
            if not page:
                return
            after = page[-1].pk
            for row in page:
                assignment = _assignment(row, self._crm)
                self._sent[assignment.external_id] = row.pk
                yield assignment

    def _waiting(self) -> QuerySet[PushRow]:
        return PushRow.objects.filter(workspace_id=self._push.workspace_id, push=self._push, state=PushRowState.WAITING)

    def _write(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        if outcomes:
            states = {"ok": PushRowState.DONE, "refused": PushRowState.REFUSED, "later": PushRowState.LATER}
            rows = [PushRow(pk=pk, state=states[said.result], words=said.words[:500]) for pk, said in outcomes]
            with workspace(self._push.workspace_id):
                PushRow.objects.filter(workspace_id=self._push.workspace_id).bulk_update(rows, ["state", "words"])
        self._n_done += len(outcomes)
        self._run.progress(0.02 + 0.95 * self._n_done / max(self._n_all, 1), f"{self._n_done:,} of {self._n_all:,}")


def _assignment(row: PushRow, crm: Connector) -> Assignment:
    before = row.territory_before.split(SEPARATOR) if row.territory_before else []
    leaves = tuple(place for place in before if row.territory_after and place != row.territory_after)
    return Assignment(crm.account_key(row.external_id), row.owner_after, row.territory_after, leaves)
