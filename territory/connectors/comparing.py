"""The dry run: what every account of an alignment shall have, beside what the CRM holds or was last given."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import connection as database

from territory.connectors.protocol import HELD_AT_A_TIME, Connector, CrmTerritory, Held, Owner
from territory.exports.developer_names import developer_name
from territory.models import PushRow, PushRowState

# Territories of one account beside each other; no CRM has it in an id.
SEPARATOR = ";"
_ACCOUNTS = """
SELECT a.id, a.external_id, a.name, r.external_id, r.email, t.id, t.code, t.name
FROM territory_accountassignment s
JOIN accounts_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE s.workspace_id = %s AND s.alignment_id = %s AND s.account_id > %s
ORDER BY s.account_id LIMIT %s
"""
_LAST_PUSHED = """
SELECT DISTINCT ON (p.external_id) p.external_id, p.owner_after, p.territory_after
FROM territory_pushrow p
JOIN territory_push h ON h.workspace_id = p.workspace_id AND h.id = p.push_id
WHERE p.workspace_id = %s AND h.connection_id = %s AND p.state = 'done' AND p.external_id = ANY(%s)
ORDER BY p.external_id, p.id DESC
"""
_TERRITORIES_PUSHED = """
SELECT DISTINCT p.territory_after FROM territory_pushrow p
JOIN territory_push h ON h.workspace_id = p.workspace_id AND h.id = p.push_id
WHERE p.workspace_id = %s AND h.connection_id = %s AND p.state = 'done' AND p.territory_after <> ''
"""


class Covered(NamedTuple):
    """An account with the rep and the territory that the alignment gives it; both may be missing."""

    account_id: int
    external_id: str
    name: str
    rep: str | None
    rep_email: str | None
    territory_id: int | None
    territory_code: str | None
    territory_name: str | None


def read_covered(workspace_id: int, alignment_id: int, *, after: int) -> list[Covered]:
    """The next accounts by id: pages, because between them the CRM is asked, and no transaction may stay open."""
    with database.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [workspace_id, alignment_id, after, HELD_AT_A_TIME])
        return [Covered(*row) for row in cursor.fetchall()]


def last_pushed(workspace_id: int, connection_id: int, external_ids: Sequence[str]) -> dict[str, Held]:
    with database.cursor() as cursor:
        cursor.execute(_LAST_PUSHED, [workspace_id, connection_id, list(external_ids)])
        return {key: Held(owner, (place,) if place else ()) for key, owner, place in cursor.fetchall()}


def territories_pushed(workspace_id: int, connection_id: int) -> frozenset[str]:
    with database.cursor() as cursor:
        cursor.execute(_TERRITORIES_PUSHED, [workspace_id, connection_id])
        return frozenset(row[0] for row in cursor.fetchall())


class Names:
    """From our reps and territories to the CRM's ids."""

    def __init__(self, owners: Iterable[Owner] | None, territories: Iterable[CrmTerritory] | None) -> None:
        known = None if owners is None else list(owners)
        self._owner_ids = None if known is None else {owner.id for owner in known}
        self._by_email = {owner.email.casefold(): owner.id for owner in known or () if owner.email}
        self._territory_ids: dict[str, str] | None = None
        if territories is not None:
            self._territory_ids = {name: each.id for each in territories for name in (*each.names, each.id)}

    def owner(self, account: Covered) -> str | None:
        """None where the CRM knows no such owner; empty where the territory is vacant."""
        if not account.rep or self._owner_ids is None or account.rep in self._owner_ids:
            return account.rep or ""
        return self._by_email.get((account.rep_email or "").casefold())

    def territory(self, account: Covered) -> str | None:
        """None where the CRM knows no such territory."""
        return self._territory(account.territory_code or "", account.territory_id or 0, account.territory_name or "")

    def territory_ids(self, territories: Iterable[tuple[str, int, str]]) -> frozenset[str]:
        """The CRM's ids of these, given by code, id and name."""
        return frozenset(found for each in territories if (found := self._territory(*each)))

    def _territory(self, code: str, territory_id: int, name: str) -> str | None:
        if self._territory_ids is None:
            return code
        called = (code, developer_name(code, territory_id), name)
        return next((self._territory_ids[each] for each in called if each in self._territory_ids), None)


@dataclass
class Counts:
    n_accounts: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_unchanged: int = 0
    n_unknown: int = 0
    n_held: int = 0
    n_without: int = 0


@dataclass
class Comparison:
    """Compares page by page. `parts`: what is pushed, of "owner" and "territory"."""

    connector: Connector
    names: Names
    territory_ids: frozenset[str]
    parts: frozenset[str]
    protected: Mapping[str, str]
    today: date
    last: Callable[[Sequence[str]], Mapping[str, Held]]
    counts: Counts = field(default_factory=Counts)
    against: str = "crm"

    def rows(self, page: Sequence[Covered]) -> Iterator[PushRow]:
        """A row for each account that differs or cannot be given, not yet saved."""
        keys = [self.connector.account_key(account.external_id) for account in page]
        held = self.connector.pull_held(keys, self.territory_ids)
        if held is None:
            self.against = "pushed"
            before = self.last([account.external_id for account in page])
            held = {key: before.get(each.external_id, Held()) for key, each in zip(keys, page, strict=True)}
        for key, account in zip(keys, page, strict=True):
            self.counts.n_accounts += 1
            row = self._row(account, held.get(key))
            if row is not None:
                yield row

    def _row(self, account: Covered, held: Held | None) -> PushRow | None:
        if account.territory_id is None:
            self.counts.n_without += 1
            return None
        owner, territory = self._wanted(account)
        unknown = _unknown(account, owner, territory, held)
        if unknown:
            self.counts.n_unknown += 1
            return _push_row(account, held or Held(), owner, territory, PushRowState.UNKNOWN, unknown)
        before = held or Held()
        if (not owner or owner == before.owner_id) and (not territory or (territory,) == before.territory_ids):
            self.counts.n_unchanged += 1
            return None
        until = self.protected.get(account.external_id)
        if until is not None and self.today <= date.fromisoformat(until):
            self.counts.n_held += 1
            words = f"Protected until {until}."
            return _push_row(account, before, owner, territory, PushRowState.HELD, words)
        if before.owner_id or before.territory_ids:
            self.counts.n_changed += 1
        else:
            self.counts.n_new += 1
        return _push_row(account, before, owner, territory, PushRowState.WAITING, "")

    def _wanted(self, account: Covered) -> tuple[str | None, str | None]:
        owner = self.names.owner(account) if "owner" in self.parts else ""
        territory = self.names.territory(account) if "territory" in self.parts else ""
        return owner, territory


def _unknown(account: Covered, owner: str | None, territory: str | None, held: Held | None) -> str:
    if held is None:
        return "The CRM has no account with this id."
    if owner is None:
        return f"The CRM has no owner with the id or e-mail address of rep {account.rep}."
    if territory is None:
        return f"The CRM has no territory called {account.territory_code}."
    return ""


def _push_row(
    account: Covered, before: Held, owner: str | None, territory: str | None, state: PushRowState, words: str
) -> PushRow:
    return PushRow(
        external_id=account.external_id,
        name=account.name,
        owner_before=before.owner_id,
        owner_after=owner or "",
        territory_before=SEPARATOR.join(sorted(before.territory_ids)),
        territory_after=territory or "",
        state=state,
        words=words[:500],
    )
