"""The Dataverse Web API as far as it is used, with its answers to what it does not take."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from territory.connectors.dynamics import KIND
from tests.connectors.fake import FakeCrm, Reply, Request

ANN, BOB = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2))
NORTH, SOUTH = (f"00000000-0000-0000-0000-0000000000a{n}" for n in (1, 2))
API = "/api/data/v9.2"


class DynamicsCrm(FakeCrm):
    kind = KIND
    secrets = ("dyn-client-secret", "dyn-access")
    owners = (ANN, BOB)
    territories = (NORTH, SOUTH)
    can_renew = True

    def __init__(self) -> None:
        super().__init__()
        self.token = ""
        self.n_tokens = 0

    @property
    def credentials(self) -> dict[str, str]:  # type: ignore[override]
        known = {"tenant_id": "acme", "client_id": "app", "client_secret": "dyn-client-secret"}
        return known | {"login_url": self.url}

    def account_id(self, n: int) -> str:
        return f"aaaaaaaa-0000-0000-0000-{n:012d}"

    def unauthorized(self) -> Reply:
        self.token = ""
        return Reply(401, problem("0x80072560", "The user is not authenticated."))

    def busy(self, retry_after: str) -> Reply:
        words = "Number of requests exceeded the limit of 6000 over time window of 300 seconds."
        return Reply(429, problem("0x80072322", words), {"Retry-After": retry_after})

    def answer_sign_in(self, request: Request) -> Reply | None:
        if request.path != "/acme/oauth2/v2.0/token":
            return None
        form = {key: values[0] for key, values in parse_qs(request.body.decode()).items()}
        assert form["scope"] == f"{self.url}/.default"
        if self.is_revoked or form["client_secret"] != self.credentials["client_secret"]:
            words = "AADSTS7000222: The provided client secret keys for app 'app' are expired."
            return Reply(401, {"error": "invalid_client", "error_description": words})
        self.n_tokens += 1
        self.token = f"dyn-access-{self.n_tokens}"
        return Reply(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": self.token})

    def answer(self, request: Request) -> Reply:
        if not self.token or request.headers.get("authorization") != f"Bearer {self.token}":
            return self.unauthorized()
        where = urlsplit(request.path)
        name = where.path.removeprefix(f"{API}/")
        if request.method == "PATCH":
            return self.patch(request, name)
        condition = parse_qs(where.query).get("$filter", [""])[0]
        match name:
            case "WhoAmI":
                return Reply(200, {"UserId": ANN})
            case "systemusers":
                return values(
                    {"systemuserid": key, "fullname": key[-1], "internalemailaddress": None} for key in self.owners
                )
            case "territories":
                return values({"territoryid": key, "name": key[-2:]} for key in self.territories)
            case "accounts":
                asked = re.findall(r"accountid eq ([0-9a-f-]+)", condition)
                return values(self.row(key) for key in asked if key in self.accounts)
        return Reply(404, problem("0x8006088a", f"Resource not found for the segment '{name}'."))

    def row(self, key: str) -> dict[str, Any]:
        record = self.accounts[key]
        return {
            "accountid": key,
            "_ownerid_value": record.owner or None,
            "_territoryid_value": record.territory or None,
        }

    def patch(self, request: Request, name: str) -> Reply:
        assert request.headers["if-match"] == "*"
        key = name.removeprefix("accounts(").removesuffix(")")
        if key not in self.accounts:
            return Reply(404, problem("0x80040217", f"Entity 'Account' With Id = {key} Does Not Exist"))
        bound = {each: value.split("(")[1].rstrip(")") for each, value in request.json.items()}
        owner = bound.get("ownerid@odata.bind")
        if owner is not None and owner not in self.owners:
            return Reply(404, problem("0x80040217", f"Entity 'SystemUser' With Id = {owner} Does Not Exist"))
        record = self.accounts[key]
        record.owner = owner or record.owner
        record.territory = bound.get("territoryid@odata.bind", record.territory)
        return Reply(204)


def values(rows: Any) -> Reply:
    return Reply(200, {"value": list(rows)})


def problem(code: str, words: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": words}}
