"""Salesforce's REST API as far as it is used, with its answers to what it does not take."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from territory.connectors.salesforce import KIND
from territory.connectors.salesforce.record_ids import long_id
from tests.connectors.fake import FakeCrm, Reply, Request

USERS = {"005000000000001AAA": "ann@acme.example", "005000000000002AAA": "bob@acme.example"}
TERRITORIES = {"0MI000000000001AAA": "North", "0MI000000000002AAA": "South"}


class SalesforceCrm(FakeCrm):
    """Associations live here; the record's own territory is not used."""

    kind = KIND
    credentials = {"client_id": "key", "client_secret": "sf-client-secret", "refresh_token": "sf-refresh-1"}
    secrets = ("sf-client-secret", "sf-refresh-1", "sf-access-1")
    owners = tuple(USERS)
    territories = tuple(TERRITORIES)
    batch_size = 200
    can_renew = True

    def __init__(self) -> None:
        super().__init__()
        self.associations: dict[str, tuple[str, str, str]] = {}
        self.refresh_token = "sf-refresh-1"
        self.access_token = ""
        self.n_made = 0
        self.refusals: dict[str, dict[str, Any]] = {}

    def account_id(self, n: int) -> str:
        return long_id(f"001000000{n:06d}")

    def state(self) -> dict[str, tuple[str, str]]:
        placed = {account: place for account, place, _ in self.associations.values()}
        return {key: (record.owner, placed.get(key, "")) for key, record in self.accounts.items()}

    def unauthorized(self) -> Reply:
        self.access_token = ""
        return Reply(401, [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])

    def busy(self, retry_after: str) -> Reply:
        problem = {"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}
        return Reply(403, [problem], {"Retry-After": retry_after})

    def answer_sign_in(self, request: Request) -> Reply | None:
        if request.path != "/services/oauth2/token":
            return None
        form = {key: values[0] for key, values in parse_qs(request.body.decode()).items()}
        if self.is_revoked or form["refresh_token"] != self.refresh_token:
            return Reply(400, {"error": "invalid_grant", "error_description": "expired access/refresh token"})
        self.n_made += 1
        self.access_token = f"sf-access-{self.n_made}"
        # Rotation: each refresh token is good for once.
        self.refresh_token = f"sf-refresh-{self.n_made + 1}"
        return Reply(200, {"access_token": self.access_token, "refresh_token": self.refresh_token})

    def answer(self, request: Request) -> Reply:
        if not self.access_token or request.headers.get("authorization") != f"Bearer {self.access_token}":
            return self.unauthorized()
        where = urlsplit(request.path)
        path = where.path.removeprefix("/services/data/v62.0")
        match request.method, path:
            case "GET", "/services/oauth2/userinfo":
                return Reply(200, {"preferred_username": "integration@acme.example"})
            case "GET", "/query":
                return Reply(200, self.query(parse_qs(where.query)["q"][0]))
            case "POST", "/composite/batch":
                return self.batch(request.json["batchRequests"])
            case "POST", "/composite/sobjects/Account":
                return Reply(200, [self.account(key) for key in request.json["ids"]])
            case "PATCH", "/composite/sobjects":
                return self.collection([self.update(each) for each in request.json["records"]])
            case "POST", "/composite/sobjects":
                return self.collection([self.create(each) for each in request.json["records"]])
            case "DELETE", "/composite/sobjects":
                ids = parse_qs(where.query)["ids"][0].split(",")
                return self.collection([self.delete(each) for each in ids])
        return Reply(404, [{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}])

    def collection(self, results: list[dict[str, Any]]) -> Reply:
        if len(results) > 200:
            problem = {"message": "The number of records exceeds 200", "errorCode": "TOO_MANY_RECORDS"}
            return Reply(400, [problem])
        return Reply(200, results)

    def batch(self, requests: list[dict[str, str]]) -> Reply:
        assert len(requests) <= 25
        results = [
            {"statusCode": 200, "result": self.query(parse_qs(urlsplit(each["url"]).query)["q"][0])}
            for each in requests
        ]
        return Reply(200, {"hasErrors": False, "results": results})

    def query(self, soql: str) -> dict[str, Any]:
        if " FROM User " in soql:
            rows = [{"Id": key, "Name": mail[:3], "Email": mail} for key, mail in USERS.items()]
        elif " FROM Territory2 " in soql:
            assert "Territory2Model.State = 'Active'" in soql
            rows = [{"Id": key, "DeveloperName": name, "Name": name} for key, name in TERRITORIES.items()]
        elif " FROM Account" in soql:
            rows = [{"Id": key, "Name": f"Account {key}", "Phone": None} for key in self.accounts]
        else:
            asked = set(re.findall(r"'(\w+)'", soql))
            rows = [
                {"Id": key, "ObjectId": account, "Territory2Id": place, "AssociationCause": cause}
                for key, (account, place, cause) in self.associations.items()
                if account in asked
            ]
        return {"totalSize": len(rows), "done": True, "records": rows}

    def account(self, key: str) -> dict[str, str] | None:
        return {"Id": key, "OwnerId": self.accounts[key].owner} if key in self.accounts else None

    def update(self, record: dict[str, Any]) -> dict[str, Any]:
        key = record["id"]
        if key in self.refusals:
            return self.refusals.pop(key)
        if key not in self.accounts:
            return problem("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        self.accounts[key].owner = record["OwnerId"]
        return {"id": key, "success": True, "errors": []}

    def create(self, record: dict[str, Any]) -> dict[str, Any]:
        account, place = record["ObjectId"], record["Territory2Id"]
        if account not in self.accounts or place not in TERRITORIES:
            return problem("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        if any(pair[:2] == (account, place) for pair in self.associations.values()):
            return problem("DUPLICATE_VALUE", "duplicate value found")
        self.n_made += 1
        key = f"0TI{self.n_made:012d}AAA"
        self.associations[key] = (account, place, record["AssociationCause"])
        return {"id": key, "success": True, "errors": []}

    def delete(self, key: str) -> dict[str, Any]:
        if self.associations[key][2] != "Territory2Manual":
            return problem("INVALID_OPERATION", "cannot be deleted with this association cause")
        del self.associations[key]
        return {"id": key, "success": True, "errors": []}


def problem(code: str, words: str) -> dict[str, Any]:
    return {"success": False, "errors": [{"statusCode": code, "message": words, "fields": []}]}
