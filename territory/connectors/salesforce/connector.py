"""Salesforce: Account.OwnerId, and accounts in territories of Sales Territories (Territory2).

ObjectTerritory2Association can be created and deleted, not updated. Associations that assignment rules made stay as
they are: Salesforce lets nobody else delete them. Tokens and protocol: `client`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from territory.connectors.protocol import (
    Assignment,
    Connector,
    ConnectorKind,
    CrmTerritory,
    Field,
    Held,
    Opening,
    Outcome,
    Owner,
    Result,
    in_batches,
)
from territory.connectors.salesforce.client import LIMIT_REACHED, RECORDS_PER_CALL, SalesforceClient
from territory.connectors.salesforce.record_ids import long_id
from territory.connectors.transport import WORDS_MAX

CAUSE = "Territory2Manual"
# What another attempt may mend.
PASSING = LIMIT_REACHED | {"UNABLE_TO_LOCK_ROW"}
# Somebody else has put the account there in the meantime.
ALREADY_THERE = "DUPLICATE_VALUE"
ACCOUNT_FIELDS = {
    "Id": "external_id", "Name": "name", "BillingStreet": "street", "BillingCity": "city", "BillingState": "region",
    "BillingPostalCode": "postal_code", "BillingCountry": "country", "Phone": "phone", "Industry": "segment",
    "OwnerId": "crm_owner", "AnnualRevenue": "revenue",
}  # fmt: skip


class SalesforceConnector(Connector):
    def __init__(self, opening: Opening) -> None:
        self._client = SalesforceClient(opening)
        self._model = opening.setting("territory_model")

    def check(self) -> str:
        me = self._client.get("/services/oauth2/userinfo")
        return str(me.get("preferred_username") or me.get("name") or "an unnamed user")

    def account_key(self, external_id: str) -> str:
        return long_id(external_id)

    def pull_owners(self) -> Iterable[Owner]:
        rows = self._client.query("SELECT Id, Name, Email FROM User WHERE IsActive = true")
        return [Owner(row["Id"], row["Name"] or "", row["Email"] or "") for row in rows]

    def pull_territories(self) -> Iterable[CrmTerritory]:
        """Those of the model with the chosen developer name, else of the active one."""
        model = f"DeveloperName = {quoted(self._model)}" if self._model else "State = 'Active'"
        soql = f"SELECT Id, DeveloperName, Name FROM Territory2 WHERE Territory2Model.{model}"
        return [CrmTerritory(row["Id"], (row["DeveloperName"], row["Name"])) for row in self._client.query(soql)]

    def pull_held(self, external_ids: Sequence[str], territory_ids: frozenset[str]) -> Mapping[str, Held]:
        places: dict[str, list[str]] = {}
        if territory_ids:
            for row in self._associations(external_ids):
                if row["Territory2Id"] in territory_ids:
                    places.setdefault(row["ObjectId"], []).append(row["Territory2Id"])
        found = self._client.retrieve("Account", external_ids, ["Id", "OwnerId"])
        return {
            row["Id"]: Held(row["OwnerId"] or "", tuple(sorted(places.get(row["Id"], ()))))
            for row in found
            if row is not None
        }

    def pull_accounts(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        after = f" WHERE SystemModstamp >= {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if since else ""
        for row in self._client.query(f"SELECT {', '.join(ACCOUNT_FIELDS)} FROM Account{after}"):
            yield {ours: row[theirs] for theirs, ours in ACCOUNT_FIELDS.items() if row.get(theirs) is not None}

    def push(self, assignments: Iterable[Assignment]) -> Iterator[Outcome]:
        return in_batches(assignments, RECORDS_PER_CALL, self._send)

    def _send(self, batch: Sequence[Assignment]) -> list[Outcome]:
        """Territories of those accounts whose owner was taken: one account is never half refused and told as done."""
        outcomes = self._send_owners([each for each in batch if each.owner_id])
        refused = {each.external_id for each in outcomes.values() if each.result != Result.OK}
        placed = [each for each in batch if each.territory_id and each.external_id not in refused]
        outcomes |= self._send_territories(placed)
        return [outcomes.get(each.external_id, Outcome(each.external_id, Result.OK)) for each in batch]

    def _send_owners(self, batch: Sequence[Assignment]) -> dict[str, Outcome]:
        if not batch:
            return {}
        records = [
            {"attributes": {"type": "Account"}, "id": each.external_id, "OwnerId": each.owner_id} for each in batch
        ]
        results = self._client.patch_records(records)
        return {each.external_id: _outcome(each.external_id, said) for each, said in zip(batch, results, strict=True)}

    def _send_territories(self, batch: Sequence[Assignment]) -> dict[str, Outcome]:
        """First into the new territory, then out of the old one: nobody loses sight of an account in between."""
        if not batch:
            return {}
        present = {
            (row["ObjectId"], row["Territory2Id"]): row
            for row in self._associations([each.external_id for each in batch])
        }
        missing = [each for each in batch if (each.external_id, each.territory_id) not in present]
        outcomes = self._create(missing)
        leaving = [
            (each.external_id, present[each.external_id, place]["Id"])
            for each in batch
            for place in each.leaves
            if _is_ours(present.get((each.external_id, place)))
            and outcomes.get(each.external_id, Outcome("", Result.OK)).result == Result.OK
        ]
        if leaving:
            results = self._client.delete_records([association for _, association in leaving])
            for (key, _), said in zip(leaving, results, strict=True):
                outcome = _outcome(key, said)
                if outcome.result != Result.OK:
                    outcomes[key] = outcome
        return outcomes

    def _create(self, batch: Sequence[Assignment]) -> dict[str, Outcome]:
        if not batch:
            return {}
        records = [
            {
                "attributes": {"type": "ObjectTerritory2Association"},
                "ObjectId": each.external_id,
                "Territory2Id": each.territory_id,
                "AssociationCause": CAUSE,
            }
            for each in batch
        ]
        results = self._client.create_records(records)
        return {
            each.external_id: _outcome(each.external_id, said, fine=ALREADY_THERE)
            for each, said in zip(batch, results, strict=True)
        }

    def _associations(self, account_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        queries = [
            "SELECT Id, ObjectId, Territory2Id, AssociationCause FROM ObjectTerritory2Association WHERE ObjectId IN "
            f"({', '.join(quoted(key) for key in account_ids[start : start + RECORDS_PER_CALL])})"
            for start in range(0, len(account_ids), RECORDS_PER_CALL)
        ]
        return self._client.query_each(queries)


def quoted(value: str) -> str:
    """As text in SOQL."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _is_ours(association: dict[str, Any] | None) -> bool:
    return association is not None and association["AssociationCause"] == CAUSE


def _outcome(external_id: str, said: dict[str, Any], *, fine: str = "") -> Outcome:
    """From a SaveResult: `{"id", "success", "errors": [{"statusCode", "message", "fields"}]}`."""
    errors = said.get("errors") or []
    codes = {error.get("statusCode", "") for error in errors}
    if said.get("success") or codes == {fine}:
        return Outcome(external_id, Result.OK)
    words = "; ".join(f"{error.get('message', '')} ({error.get('statusCode', '')})" for error in errors)
    result = Result.LATER if codes & PASSING else Result.REFUSED
    return Outcome(external_id, result, (words or "Refused without a reason.")[:WORDS_MAX])


KIND = ConnectorKind(
    key="salesforce",
    label="Salesforce",
    url_example="https://acme.my.salesforce.com",
    open=SalesforceConnector,
    credentials=(
        Field("client_id", "Consumer key", "Of the connected app or external client app.", required=True),
        Field("client_secret", "Consumer secret", "Where the app asks for one."),
        Field("refresh_token", "Refresh token", "Of the user who writes; scopes “api” and “refresh_token”.", True),
    ),
    settings=(Field("territory_model", "Territory model", "Its developer name; the active model when empty."),),
)
