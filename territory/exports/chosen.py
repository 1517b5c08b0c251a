"""The rows that the options leave, as parts of a query over accounts `a`, assignments `s` and territories `t`."""

from dataclasses import dataclass, field
from typing import Any

from territory.exports.changed import changed_accounts
from territory.exports.formats import Options
from territory.models import Alignment

_PREVIOUS = """
LEFT JOIN territory_accountassignment ps
  ON ps.workspace_id = a.workspace_id AND ps.alignment_id = %(against)s AND ps.account_id = a.id
LEFT JOIN territory_territory pt ON pt.workspace_id = ps.workspace_id AND pt.id = ps.territory_id
LEFT JOIN accounts_rep pr ON pr.workspace_id = pt.workspace_id AND pr.id = pt.rep_id
"""
_DIFFERS = "(t.code, t.rep_id) IS DISTINCT FROM (pt.code, pt.rep_id)"


@dataclass(frozen=True)
class Chosen:
    """`joins` go after the query's own, `conditions` (each with its AND) after its own conditions."""

    joins: str = ""
    conditions: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def chosen_rows(alignment: Alignment, options: Options) -> Chosen:
    """Reads the history where only changed accounts are asked for."""
    conditions = []
    parameters: dict[str, Any] = {"workspace": alignment.workspace_id, "alignment": alignment.pk}
    if options.territory_ids:
        conditions.append("t.id = ANY(%(territories)s::bigint[])")
        parameters["territories"] = list(options.territory_ids)
    if options.against is not None:
        conditions.append(_DIFFERS)
        parameters["against"] = options.against.pk
    changed = options.changed_since and changed_accounts(alignment, options.changed_since)
    if changed:
        conditions.append(f"a.id IN ({changed.sql})")
        parameters |= changed.parameters
    joins = _PREVIOUS if options.against is not None else ""
    return Chosen(joins, "".join(f" AND {condition}" for condition in conditions), parameters)
