"""Dynamics 365 Sales by the Dataverse Web API: owner and territory of an account.

One PATCH per account, with `If-Match: *`, so that an account that is gone is refused and not made anew. Signs in by the
client credentials of an application user (Microsoft identity platform, OAuth 2.0).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from territory.connectors.protocol import (
    Assignment,
    CannotTalk,
    Connector,
    ConnectorKind,
    CrmTerritory,
    Field,
    Held,
    Opening,
    Outcome,
    Owner,
    Result,
    SignInExpired,
    in_batches,
)
from territory.connectors.transport import WORDS_MAX, Caller, demand_ok, parsed
from workspace.outgoing import Answer

API = "/api/data/v9.2"
LOGIN = "https://login.microsoftonline.com"
# As many as an address has room for.
IDS_PER_QUERY = 25
ODATA = {"OData-Version": "4.0", "OData-MaxVersion": "4.0"}
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = {
    "accountid": "external_id", "name": "name", "address1_line1": "street", "address1_city": "city",
    "address1_stateorprovince": "region", "address1_postalcode": "postal_code", "address1_country": "country",
    "telephone1": "phone", "_ownerid_value": "crm_owner", "revenue": "revenue",
}  # fmt: skip


class DynamicsConnector(Connector):
    def __init__(self, opening: Opening) -> None:
        self._base = opening.base_url.rstrip("/")
        self._credentials = opening.credentials
        login = (opening.credentials.get("login_url") or LOGIN).rstrip("/")
        self._token_url = f"{login}/{quote(opening.credentials.get('tenant_id'), safe='')}/oauth2/v2.0/token"
        self._token = ""
        self._caller = Caller(opening, authorize=self._headers, renew=self._renew)
        self._sign_in = Caller(opening, authorize=dict)

    def check(self) -> str:
        return f"application user {self._get('WhoAmI')['UserId']}"

    def account_key(self, external_id: str) -> str:
        return external_id.strip("{}").lower()

    def pull_owners(self) -> Iterable[Owner]:
        rows = self._rows("systemusers", "systemuserid,fullname,internalemailaddress", "isdisabled eq false")
        return [Owner(row["systemuserid"], row["fullname"] or "", row["internalemailaddress"] or "") for row in rows]

    def pull_territories(self) -> Iterable[CrmTerritory]:
        return [CrmTerritory(row["territoryid"], (row["name"],)) for row in self._rows("territories", "name", "")]

    def pull_held(self, external_ids: Sequence[str], territory_ids: frozenset[str]) -> Mapping[str, Held]:
        known = [key for key in external_ids if _GUID.fullmatch(key)]
        found = {}
        for start in range(0, len(known), IDS_PER_QUERY):
            these = " or ".join(f"accountid eq {key}" for key in known[start : start + IDS_PER_QUERY])
            for row in self._rows("accounts", "_ownerid_value,_territoryid_value", these):
                place = row["_territoryid_value"]
                found[row["accountid"]] = Held(row["_ownerid_value"] or "", (place,) if place else ())
        return found

    def pull_accounts(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        later = f"modifiedon ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if since else ""
        for row in self._rows("accounts", ",".join(COLUMNS), later):
            yield {ours: row[theirs] for theirs, ours in COLUMNS.items() if row.get(theirs) is not None}

    def push(self, assignments: Iterable[Assignment]) -> Iterator[Outcome]:
        return in_batches(assignments, 1, lambda batch: [self._send(each) for each in batch])

    def _send(self, assignment: Assignment) -> Outcome:
        key = assignment.external_id
        if not _GUID.fullmatch(key):
            return Outcome(key, Result.REFUSED, "This is not the id of a Dynamics record.")
        bound = {
            "ownerid": ("systemusers", assignment.owner_id),
            "territoryid": ("territories", assignment.territory_id),
        }
        payload = {f"{name}@odata.bind": f"/{rows}({value})" for name, (rows, value) in bound.items() if value}
        address = f"{self._base}{API}/accounts({key})"
        answer = self._caller.json("PATCH", address, payload, headers=ODATA | {"If-Match": "*"})
        if answer.status in {200, 204}:
            return Outcome(key, Result.OK)
        return Outcome(key, Result.LATER if answer.status >= 500 else Result.REFUSED, _words(parsed(answer)))

    def _rows(self, rows: str, columns: str, condition: str) -> Iterator[dict[str, Any]]:
        query = {"$select": columns} | ({"$filter": condition} if condition else {})
        following = f"{self._base}{API}/{rows}?{urlencode(query, safe='$,', quote_via=quote)}"
        while following:
            page = _said(self._caller.json("GET", following, headers=ODATA))
            yield from page["value"]
            following = page.get("@odata.nextLink", "")
            if following and not following.startswith(f"{self._base}/"):
                # The token goes to this address only.
                raise CannotTalk("It continues its answer at another address.")

    def _get(self, path: str) -> Any:
        return _said(self._caller.json("GET", f"{self._base}{API}/{path}", headers=ODATA))

    def _headers(self) -> dict[str, str]:
        if not self._token:
            self._renew()
        return {"Authorization": f"Bearer {self._token}"}

    def _renew(self) -> bool:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._credentials.get("client_id"),
            "client_secret": self._credentials.get("client_secret"),
            "scope": f"{self._base}/.default",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        answer = self._sign_in.send("POST", self._token_url, body=urlencode(form).encode(), headers=headers)
        if answer.status != 200:
            said = parsed(answer)
            code = str(said.get("error", "")) if isinstance(said, dict) else ""
            raise SignInExpired(
                f"Microsoft does not take the client secret ({code or answer.status}): enter a new one."
            )
        self._token = str(parsed(answer)["access_token"])
        return True


def _said(answer: Answer) -> Any:
    said = parsed(answer)
    demand_ok(answer, "" if answer.status < 300 else _words(said))
    return said


def _words(said: Any) -> str:
    """`{"error": {"code", "message"}}`."""
    error = said.get("error", {}) if isinstance(said, dict) else {}
    return f"{error.get('message', 'Refused without a reason.')} ({error.get('code', '')})"[:WORDS_MAX]


KIND = ConnectorKind(
    key="dynamics",
    label="Dynamics 365",
    url_example="https://acme.crm.dynamics.com",
    open=DynamicsConnector,
    credentials=(
        Field("tenant_id", "Directory (tenant) id", required=True),
        Field("client_id", "Application (client) id", "Of the application user in the environment.", required=True),
        Field("client_secret", "Client secret", required=True),
        # Among the credentials: who changes where the secret goes has to know it.
        Field("login_url", "Sign-in address", f"{LOGIN} when empty; national clouds have their own."),
    ),
)
