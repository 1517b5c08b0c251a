"""HubSpot's companies and owners as far as they are used, with its answers to what it does not take."""

from typing import Any
from urllib.parse import urlsplit

from territory.connectors.hubspot import KIND
from tests.connectors.fake import FakeCrm, Reply, Request

OWNERS = {"41629779": "ann@acme.example", "41629780": "bob@acme.example"}
COMPANIES = "/crm/v3/objects/companies"


class HubSpotCrm(FakeCrm):
    kind = KIND
    settings = {"territory_property": "sales_territory"}
    credentials = {"token": "pat-na1-hubspot-secret"}
    secrets = ("pat-na1-hubspot-secret",)
    owners = tuple(OWNERS)
    territories = ("N", "S")
    batch_size = 100

    def __init__(self) -> None:
        super().__init__()
        self.mails = dict(OWNERS)
        # Companies that take no change, whatever it is.
        self.frozen: set[str] = set()

    def account_id(self, n: int) -> str:
        return str(5_000_000_000 + n)

    def unauthorized(self) -> Reply:
        words = "Authentication credentials not found. This API supports OAuth 2.0 authentication."
        return Reply(401, {"status": "error", "message": words, "category": "INVALID_AUTHENTICATION"})

    def busy(self, retry_after: str) -> Reply:
        problem = {"status": "error", "message": "You have reached your ten_secondly_rolling limit.",
                   "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}  # fmt: skip
        return Reply(429, problem, {"Retry-After": retry_after})

    def answer(self, request: Request) -> Reply:
        if request.headers.get("authorization") != f"Bearer {self.credentials['token']}":
            return self.unauthorized()
        match request.method, urlsplit(request.path).path:
            case "GET", "/account-info/v3/details":
                return Reply(200, {"portalId": 62515})
            case "GET", "/crm/v3/owners":
                return Reply(200, {"results": [{"id": key, "email": mail} for key, mail in self.mails.items()]})
            case "GET", path if path == COMPANIES:
                return self.page(request)
            case "POST", path if path == f"{COMPANIES}/batch/read":
                return self.batch(request, lambda each: None)
            case "POST", path if path == f"{COMPANIES}/batch/update":
                wrong = [each for each in request.json["inputs"] if not self.is_valid(each)]
                if wrong:
                    words = f"Property values were not valid: {wrong[0]['properties']}"
                    return Reply(400, {"status": "error", "message": words, "category": "VALIDATION_ERROR"})
                return self.batch(request, self.update)
        return Reply(404, {"status": "error", "message": "resource not found"})

    def is_valid(self, given: dict[str, Any]) -> bool:
        owner = given["properties"].get("hubspot_owner_id")
        return given["id"] not in self.frozen and (owner is None or owner in self.mails)

    def batch(self, request: Request, change: Any) -> Reply:
        inputs = request.json["inputs"]
        if len(inputs) > 100:
            return Reply(400, {"status": "error", "message": "The maximum number of inputs is 100"})
        found = [each for each in inputs if each["id"] in self.accounts]
        for each in found:
            change(each)
        said: dict[str, Any] = {"status": "COMPLETE", "results": [self.company(each["id"]) for each in found]}
        missing = [each["id"] for each in inputs if each["id"] not in self.accounts]
        if not missing:
            return Reply(200, said)
        error = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "Could not get some COMPANY objects",
                 "context": {"ids": missing}}  # fmt: skip
        return Reply(207, said | {"numErrors": 1, "errors": [error]})

    def update(self, given: dict[str, Any]) -> None:
        record = self.accounts[given["id"]]
        record.owner = given["properties"].get("hubspot_owner_id", record.owner)
        record.territory = given["properties"].get("sales_territory", record.territory)

    def company(self, key: str) -> dict[str, Any]:
        record = self.accounts[key]
        values = {"hubspot_owner_id": record.owner or None, "sales_territory": record.territory or None}
        return {"id": key, "properties": {"name": f"Company {key}"} | values}

    def page(self, request: Request) -> Reply:
        """Two at a time, to be followed."""
        query = dict(pair.split("=") for pair in urlsplit(request.path).query.split("&"))
        start = int(query.get("after", 0))
        keys = list(self.accounts)
        said: dict[str, Any] = {"results": [self.company(key) for key in keys[start : start + 2]]}
        if start + 2 < len(keys):
            said["paging"] = {"next": {"after": str(start + 2)}}
        return Reply(200, said)
