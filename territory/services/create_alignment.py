from enum import StrEnum

from django.db import transaction

from territory.assignment import all_accounts, refresh
from territory.drafting.copying import copy_alignment
from territory.drafting.crm_owner import align_to_crm_owners
from territory.drafting.nearest_home import align_to_homes
from territory.history import SUBJECT
from territory.layers.covering import Rule, cover_units
from territory.locks import share_accounts
from territory.models import Alignment, Basis, UnitLayer, UnitLayerState
from territory.operations.drawn import drawn_shapes
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member, Team
from workspace.services.changes import record_change


class Source(StrEnum):
    BLANK = "blank"
    CRM_OWNER = "crm_owner"
    UNIT_LAYER = "unit_layer"
    COPY = "copy"


@transaction.atomic
def create_alignment(
    *,
    name: str,
    team: Team,
    basis: str,
    source: str,
    actor: Member,
    unit_layer: UnitLayer | None = None,
    copy_of: Alignment | None = None,
    rule: Rule | None = None,
    is_proposal: bool = False,
) -> Alignment:
    """A new draft: empty, as the CRM has it, by the reps' homes, or as another alignment has it.

    A copy may be of the other basis: drawn along the outlines of units, or made of the units that drawn boundaries
    cover by a rule.
    """
    if source == Source.COPY:
        unit_layer = _layer_of_copy(copy_of, basis, unit_layer, rule)
    else:
        _check(basis, source, unit_layer)
    share_accounts(actor.workspace_id)
    alignment = Alignment.objects.create(
        workspace_id=actor.workspace_id,
        name=name,
        team=team,
        basis=basis,
        unit_layer=unit_layer,
        parent=copy_of if source == Source.COPY else None,
        created_by=actor,
        is_proposal=is_proposal,
    )
    if source == Source.COPY and copy_of is not None:
        copy_alignment(copy_of, alignment, _units_of(copy_of, alignment, rule))
    elif source == Source.CRM_OWNER:
        align_to_crm_owners(alignment)
    elif source == Source.UNIT_LAYER:
        align_to_homes(alignment)
    else:
        refresh(alignment, all_accounts())
    record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=alignment.pk,
        operation="create",
        label=f"Created “{name}”" + (f" from “{copy_of.name}”" if copy_of is not None else ""),
        revision_after=alignment.revision,
    )
    return alignment


def _layer_of_copy(
    copy_of: Alignment | None, basis: str, unit_layer: UnitLayer | None, rule: Rule | None
) -> UnitLayer | None:
    if copy_of is None:
        raise Invalid.field("copy_of", "name the alignment to copy")
    if basis == Basis.UNITS and copy_of.basis == Basis.DRAWN:
        if rule is None:
            raise Invalid.field("rule", "say by which rule units go to drawn territories", bound=list(Rule))
        return ready_layer(unit_layer)
    return copy_of.unit_layer if basis == Basis.UNITS else None


def _units_of(source: Alignment, target: Alignment, rule: Rule | None) -> dict[int, int] | None:
    """Unit → territory of the source, where the copy is made of units and the source is drawn."""
    if rule is None or target.unit_layer is None or source.basis == Basis.UNITS:
        return None
    return cover_units(target.unit_layer, drawn_shapes(source), rule).owners


def ready_layer(unit_layer: UnitLayer | None) -> UnitLayer:
    if unit_layer is None:
        raise Invalid.field("unit_layer_id", "name the unit layer the alignment is made of")
    if unit_layer.state != UnitLayerState.READY:
        raise Conflict(f"The unit layer “{unit_layer.name}” is not ready yet.")
    return unit_layer


def _check(basis: str, source: str, unit_layer: UnitLayer | None) -> None:
    if basis == Basis.DRAWN:
        if source != Source.BLANK:
            raise Invalid.field("basis", f"must be units when the source is {source}", value=basis, bound=Basis.UNITS)
        if unit_layer is not None:
            raise Invalid.field("unit_layer_id", "a drawn alignment has no unit layer", value=unit_layer.pk)
        return
    ready_layer(unit_layer)
