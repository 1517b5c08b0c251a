from urllib.parse import unquote

from territory.connectors.rest import KIND
from tests.connectors.fake import FakeCrm, Reply, Request

TOKEN = "Bearer rest-secret-token"


class RestCrm(FakeCrm):
    kind = KIND
    settings = {"read": "yes", "check_path": "/me"}
    credentials = {"header_value": TOKEN}
    secrets = ("rest-secret-token",)
    owners = ("R-Ann", "R-Bob")
    territories = ("N", "S")

    def account_id(self, n: int) -> str:
        # A blank and a slash: ids go into the address.
        return f"A {n:04d}/x"

    def answer(self, request: Request) -> Reply:
        if request.headers.get("authorization") != TOKEN:
            return self.unauthorized()
        if request.path == "/me":
            return Reply(200, {"name": "Integration"})
        record = self.accounts.get(unquote(request.path.removeprefix("/accounts/")))
        if record is None:
            return Reply(404, {"detail": "There is no such account."})
        if request.method == "GET":
            return Reply(200, {"owner_id": record.owner, "territory": record.territory})
        record.owner = request.json.get("owner_id", record.owner)
        record.territory = request.json.get("territory", record.territory)
        return Reply(204)
