"""An optimizer's result as rows: a new draft beside the alignment it started from, which stays untouched."""

from django.db import connection

from balancing.engine.result import Result
from balancing.models import Run
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement
from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.locks import share_accounts
from territory.models import AccountOverride, Alignment, AlignmentState, Territory
from workspace.exceptions import Conflict

_ASSIGN = """
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT %s, %s, unit_id, territory_id FROM unnest(%s::bigint[], %s::bigint[]) AS given (unit_id, territory_id)
"""


def write_proposal(run: Run, stated: Statement, result: Result) -> Alignment:
    """The draft with territories, units, overrides, account assignments and boundaries. Call it in one transaction."""
    base = Alignment.objects.select_for_update().get(workspace_id=run.workspace_id, pk=run.alignment_id)
    share_accounts(base.workspace_id)
    draft = Alignment.objects.create(
        workspace_id=base.workspace_id,
        team_id=base.team_id,
        unit_layer_id=base.unit_layer_id,
        parent=base,
        created_by_id=run.member_id,
        name=f"{base.name} – optimizer run {run.pk}"[:200],
        basis=base.basis,
        state=AlignmentState.DRAFT,
        is_proposal=True,
    )
    twins = _copy_territories(base, draft)
    planned = {territory.pk for territory in stated.territories} | set(stated.locked_units.owners.tolist())
    if not planned <= set(twins):
        raise Conflict("A territory was removed while the optimizer worked. Nothing was written; start the run again.")
    _assign_units(draft, stated, result, twins)
    if RunSettings.from_json(run.settings).keep_overrides:
        _copy_overrides(base, draft, twins)
    derive_boundaries(draft, [territory.pk for territory in twins.values()])
    refresh(draft, all_accounts())
    return draft


def _copy_territories(base: Alignment, draft: Alignment) -> dict[int, Territory]:
    """The base's territory id → its twin in the draft: same code, name, colour, rep, share, lock and region."""
    found = Territory.objects.filter(workspace_id=base.workspace_id, alignment=base)
    originals = list(found.defer("boundary"))
    copies = Territory.objects.bulk_create(
        Territory(
            workspace_id=base.workspace_id,
            alignment=draft,
            rep_id=original.rep_id,
            code=original.code,
            name=original.name,
            colour=original.colour,
            target_share=original.target_share,
            is_locked=original.is_locked,
            position=original.position,
            region=original.region,
        )
        for original in originals
    )
    return {original.pk: copy for original, copy in zip(originals, copies, strict=True)}


def _assign_units(draft: Alignment, stated: Statement, result: Result, twins: dict[int, Territory]) -> None:
    owners = [twins[territory.pk].pk for territory in stated.territories]
    kept = [twins[owner].pk for owner in stated.locked_units.owners.tolist()]
    with connection.cursor() as cursor:
        cursor.execute(
            _ASSIGN,
            [
                draft.workspace_id,
                draft.pk,
                stated.units.ids.tolist() + stated.locked_units.ids.tolist(),
                [owners[k] for k in result.labels.tolist()] + kept,
            ],
        )


def _copy_overrides(base: Alignment, draft: Alignment, twins: dict[int, Territory]) -> None:
    kept = AccountOverride.objects.filter(workspace_id=base.workspace_id, alignment=base)
    AccountOverride.objects.bulk_create(
        AccountOverride(
            workspace_id=base.workspace_id,
            alignment=draft,
            account_id=override.account_id,
            territory=twins[override.territory_id],
            reason=override.reason,
        )
        for override in kept
    )
