"""Whether the present state is still the one a patch was made on: what an undo or redo asks before it starts."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import Rep
from territory.models import AccountOverride, Alignment, Territory, UnitAssignment
from territory.patches.patch import Patch, territory_fields
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


def _units(alignment: Alignment, patch: Patch) -> Iterable[str]:
    rows = _of(UnitAssignment, alignment).filter(unit_id__in=list(patch.units))
    present = dict(rows.values_list("unit_id", "territory_id"))
    for unit_id, (before, _) in patch.units.items():
        if present.get(unit_id) != before:
            yield f"unit {unit_id}"


def _overrides(alignment: Alignment, patch: Patch) -> Iterable[str]:
    rows = _of(AccountOverride, alignment).filter(account_id__in=list(patch.overrides))
    present = {row["account_id"]: row for row in rows.values("account_id", "territory_id", "reason")}
    for account_id, (before, _) in patch.overrides.items():
        row = present.get(account_id)
        found = None if row is None else {"territory_id": row["territory_id"], "reason": row["reason"]}
        if found != before:
            yield f"the exception for account {account_id}"


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
