"""HubSpot: the owner of a company and a property of one's own for the territory, by the CRM objects API (v3).

A batch update takes 100 companies. It answers 200 when all were taken and 207 when some do not exist; a value that no
property takes refuses the whole batch with 400, which is then sent one by one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from territory.connectors.protocol import (
    Assignment,
    CannotTalk,
    Connector,
    ConnectorKind,
    Field,
    Held,
    Opening,
    Outcome,
    Owner,
    Result,
    in_batches,
)
from territory.connectors.transport import WORDS_MAX, Caller, demand_ok, parsed
from workspace.outgoing import Answer

COMPANIES = "/crm/v3/objects/companies"
PER_CALL = 100
OWNER = "hubspot_owner_id"
PROPERTIES = {
    "name": "name", "address": "street", "city": "city", "state": "region", "zip": "postal_code",
    "country": "country", "phone": "phone", "industry": "segment", OWNER: "crm_owner", "annualrevenue": "revenue",
}  # fmt: skip
CHANGED_AT = "hs_lastmodifieddate"


class HubSpotConnector(Connector):
    def __init__(self, opening: Opening) -> None:
        self._base = opening.base_url.rstrip("/")
        self._territory = opening.setting("territory_property", "territory")
        header = {"Authorization": f"Bearer {opening.credentials.get('token')}"}
        self._caller = Caller(opening, authorize=lambda: header)

    def check(self) -> str:
        account = self._get("/account-info/v3/details")
        return f"HubSpot account {account.get('portalId', '')}".strip()

    def pull_owners(self) -> Iterable[Owner]:
        return [
            Owner(each["id"], f"{each.get('firstName') or ''} {each.get('lastName') or ''}".strip(), each.get("email"))
            for each in self._pages("/crm/v3/owners", {})
        ]

    def pull_held(self, external_ids: Sequence[str], territory_ids: frozenset[str]) -> Mapping[str, Held]:
        found = {}
        for start in range(0, len(external_ids), PER_CALL):
            inputs = [{"id": key} for key in external_ids[start : start + PER_CALL]]
            payload = {"inputs": inputs, "properties": [OWNER, self._territory]}
            answer = self._caller.json("POST", f"{self._base}{COMPANIES}/batch/read", payload)
            for each in _said(answer)["results"]:
                values = each["properties"]
                place = values.get(self._territory) or ""
                found[each["id"]] = Held(values.get(OWNER) or "", (place,) if place else ())
        return found

    def pull_accounts(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        """All companies are read; those that did not change since then are passed over."""
        for each in self._pages(COMPANIES, {"properties": ",".join([*PROPERTIES, CHANGED_AT])}):
            values = each["properties"]
            changed_at = values.get(CHANGED_AT)
            if since is None or not changed_at or datetime.fromisoformat(changed_at) >= since:
                known = {ours: values[theirs] for theirs, ours in PROPERTIES.items() if values.get(theirs)}
                yield {"external_id": each["id"]} | known

    def push(self, assignments: Iterable[Assignment]) -> Iterator[Outcome]:
        return in_batches(assignments, PER_CALL, self._send)

    def _send(self, batch: Sequence[Assignment]) -> list[Outcome]:
        inputs = [{"id": each.external_id, "properties": self._properties(each)} for each in batch]
        answer = self._caller.json("POST", f"{self._base}{COMPANIES}/batch/update", {"inputs": inputs})
        if answer.status == 400 and len(batch) > 1:
            return [outcome for each in batch for outcome in self._send([each])]
        if answer.status >= 500:
            return [Outcome(each.external_id, Result.LATER, _words(parsed(answer))) for each in batch]
        if answer.status in {400, 404}:
            return [Outcome(each.external_id, Result.REFUSED, _words(parsed(answer))) for each in batch]
        said = _said(answer)
        taken = {each["id"] for each in said.get("results", ())}
        words = _words_by_id(said)
        return [
            Outcome(each.external_id, Result.OK)
            if each.external_id in taken
            else Outcome(each.external_id, Result.REFUSED, words.get(each.external_id, "HubSpot did not take it."))
            for each in batch
        ]

    def _properties(self, assignment: Assignment) -> dict[str, str]:
        values = {OWNER: assignment.owner_id, self._territory: assignment.territory_id}
        return {name: value for name, value in values.items() if value}

    def _get(self, path: str) -> Any:
        return _said(self._caller.json("GET", self._base + path))

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        after: dict[str, str] = {}
        while True:
            page = self._get(f"{path}?{urlencode({'limit': '100'} | dict(query) | after)}")
            yield from page["results"]
            following = page.get("paging", {}).get("next")
            if not following:
                return
            after = {"after": following["after"]}


def _said(answer: Answer) -> Any:
    said = parsed(answer)
    demand_ok(answer, "" if answer.status < 300 else _words(said))
    if not isinstance(said, dict):
        raise CannotTalk("It answered with something else than an object.")
    return said


def _words(said: Any) -> str:
    return str(said.get("message", ""))[:WORDS_MAX] if isinstance(said, dict) else ""


def _words_by_id(said: dict[str, Any]) -> dict[str, str]:
    """Of a 207: `errors` with `message` and, in their `context`, the ids that are meant."""
    return {
        key: str(error.get("message", ""))[:WORDS_MAX]
        for error in said.get("errors", ())
        for key in error.get("context", {}).get("ids", ())
    }


KIND = ConnectorKind(
    key="hubspot",
    label="HubSpot",
    url_example="https://api.hubapi.com",
    open=HubSpotConnector,
    credentials=(
        Field(
            "token",
            "Token of the private app",
            "Scopes crm.objects.companies.read and .write, crm.objects.owners.read.",
            required=True,
        ),
    ),
    settings=(
        Field(
            "territory_property",
            "Property for the territory",
            "Internal name of a company property; territory when empty.",
        ),
    ),
)
