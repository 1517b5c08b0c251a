"""Whether the present state is still the one a patch was made on: what an undo or redo asks before it starts."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import Rep
from territory.models import AccountOverride, Alignment, BasicUnit, Territory, UnitAssignment
from territory.patches.patch import Fields, Patch, territory_fields
from workspace.exceptions import Conflict


def check_present(alignment: Alignment, patch: Patch) -> None:
    """Refuse when something the patch would write has other values than the patch's `before`."""
    differing = [
        *_units(alignment, patch),
        *_territories(alignment, patch),
        *_overrides(alignment, patch),
        *_reps(alignment, patch),
    ]
    if differing:
        raise Conflict(
            f"Somebody has changed the same things since: {differing[0]}"
            + (f" and {len(differing) - 1} more" if len(differing) > 1 else "")
            + ". Nothing was changed."
        )


def untouched_part(alignment: Alignment, patch: Patch) -> Patch:
    """Those of the patch's units and exceptions that are still as the patch's `before` says.

    A patch that makes, removes or changes territories cannot be divided: nothing is left of it.
    """
    if patch.territories:
        return Patch()
    units, overrides = _present_units(alignment, patch), _present_overrides(alignment, patch)
    return Patch(
        units={key: change for key, change in patch.units.items() if units.get(key) == change[0]},
        overrides={key: change for key, change in patch.overrides.items() if overrides.get(key) == change[0]},
        owners=patch.owners,
    )


def _units(alignment: Alignment, patch: Patch) -> Iterable[str]:
    present = _present_units(alignment, patch)
    differing = [unit_id for unit_id, (before, _) in patch.units.items() if present.get(unit_id) != before]
    names = BasicUnit.objects.filter(workspace_id=alignment.workspace_id, pk__in=differing).order_by("name")
    yield from (f"unit “{name}”" for name in names.values_list("name", flat=True))


def _overrides(alignment: Alignment, patch: Patch) -> Iterable[str]:
    present = _present_overrides(alignment, patch)
    for account_id, (before, _) in patch.overrides.items():
        if present.get(account_id) != before:
            yield f"the exception for account {account_id}"


def _present_units(alignment: Alignment, patch: Patch) -> dict[int, int]:
    rows = _of(UnitAssignment, alignment).filter(unit_id__in=list(patch.units))
    return dict(rows.values_list("unit_id", "territory_id"))


def _present_overrides(alignment: Alignment, patch: Patch) -> dict[int, Fields]:
    rows = _of(AccountOverride, alignment).filter(account_id__in=list(patch.overrides))
    return {
        account_id: {"territory_id": territory_id, "reason": reason}
        for account_id, territory_id, reason in rows.values_list("account_id", "territory_id", "reason")
    }


def _territories(alignment: Alignment, patch: Patch) -> Iterable[str]:
    present = {t.pk: t for t in _of(Territory, alignment).filter(pk__in=list(patch.territories))}
    for territory_id, (before, after) in patch.territories.items():
        territory = present.get(territory_id)
        if (territory is None) != (before is None):
            yield f"territory {territory_id}"
        elif territory is not None and not _matches(territory_fields(territory, alignment.basis), before or {}):
            yield f"“{territory.name}”"
        elif territory is not None and after is None and _is_used_besides(alignment, patch, territory_id):
            yield f"what belongs to “{territory.name}”"


def _reps(alignment: Alignment, patch: Patch) -> Iterable[str]:
    wanted = {after.get("rep_id") for _, after in patch.territories.values() if after} - {None}
    found = set(Rep.objects.filter(workspace_id=alignment.workspace_id, pk__in=wanted).values_list("id", flat=True))
    return (f"rep {rep_id}, who is gone" for rep_id in sorted(wanted - found))


def _matches(fields: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    return all(fields[name] == value for name, value in expected.items() if name in fields)


def _is_used_besides(alignment: Alignment, patch: Patch, territory_id: int) -> bool:
    """A territory that is to go must hold nothing but what the patch takes away."""
    units = _of(UnitAssignment, alignment).filter(territory_id=territory_id).exclude(unit_id__in=list(patch.units))
    overrides = _of(AccountOverride, alignment).filter(territory_id=territory_id)
    return units.exists() or overrides.exclude(account_id__in=list(patch.overrides)).exists()


def _of(model: Any, alignment: Alignment) -> Any:
    return model.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
