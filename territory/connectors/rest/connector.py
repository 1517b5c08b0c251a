"""Any system with one address per account: the assignment is sent there as JSON, with a header that signs in."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from territory.connectors.protocol import (
    Assignment,
    Connector,
    ConnectorKind,
    Field,
    Held,
    Opening,
    Outcome,
    Result,
    in_batches,
)
from territory.connectors.transport import WORDS_MAX, Caller, demand_ok, parsed
from workspace.outgoing import Answer

METHODS = ("PUT", "POST", "PATCH")


class RestConnector(Connector):
    def __init__(self, opening: Opening) -> None:
        self._base = opening.base_url.rstrip("/")
        # With a slash in between, no path can lead the header to another host.
        self._path = "/" + opening.setting("path", "accounts/{external_id}").lstrip("/")
        self._method = opening.setting("method", "PUT").upper()
        self._check_path = "/" + opening.setting("check_path").lstrip("/")
        self._can_read = opening.setting("read", "no").lower() == "yes"
        self._keys = (opening.setting("owner_key", "owner_id"), opening.setting("territory_key", "territory"))
        header = {opening.setting("header", "Authorization"): opening.credentials.get("header_value")}
        self._caller = Caller(opening, authorize=lambda: header)

    def check(self) -> str:
        demand_ok(self._caller.json("GET", self._base + self._check_path))
        return "the holder of the header"

    def pull_held(self, external_ids: Sequence[str], territory_ids: frozenset[str]) -> Mapping[str, Held] | None:
        if not self._can_read:
            return None
        owner_key, territory_key = self._keys
        found = {}
        for external_id in external_ids:
            answer = self._caller.json("GET", self._address(external_id))
            if answer.status == 404:
                continue
            record = parsed(demand_ok(answer))
            territory = str(record.get(territory_key) or "")
            found[external_id] = Held(str(record.get(owner_key) or ""), (territory,) if territory else ())
        return found

    def push(self, assignments: Iterable[Assignment]) -> Iterator[Outcome]:
        return in_batches(assignments, 1, lambda batch: [self._send(each) for each in batch])

    def _send(self, assignment: Assignment) -> Outcome:
        values = zip(self._keys, (assignment.owner_id, assignment.territory_id), strict=True)
        payload = {"external_id": assignment.external_id} | {key: value for key, value in values if value}
        answer = self._caller.json(self._method, self._address(assignment.external_id), payload)
        if 200 <= answer.status < 300:
            return Outcome(assignment.external_id, Result.OK)
        result = Result.LATER if answer.status >= 500 else Result.REFUSED
        return Outcome(assignment.external_id, result, words_of(answer))

    def _address(self, external_id: str) -> str:
        return self._base + self._path.replace("{external_id}", quote(external_id, safe=""))


def words_of(answer: Answer) -> str:
    """What the answer says for people: one of the usual members of a JSON object, else its text."""
    text = answer.body.decode(errors="replace").strip()
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if isinstance(said, dict):
        text = next((str(said[key]) for key in ("detail", "message", "error", "title") if said.get(key)), text)
    return (text or f"It answered with status {answer.status}.")[:WORDS_MAX]


KIND = ConnectorKind(
    key="rest",
    label="Plain REST",
    url_example="https://crm.example.com/api",
    open=RestConnector,
    credentials=(Field("header_value", "Value of the header", "“Bearer …” or a key.", required=True),),
    settings=(
        Field("path", "Path of an account", "{external_id} stands for its id. /accounts/{external_id} when empty."),
        Field("method", "Method", "PUT, POST or PATCH; PUT when empty."),
        Field("header", "Header that signs in", "Authorization when empty."),
        Field("check_path", "Path to try the sign-in on", "/ when empty."),
        Field("owner_key", "Member for the rep", "owner_id when empty."),
        Field("territory_key", "Member for the territory", "territory when empty."),
        Field("read", "Can be read", "“yes” where GET on the same path gives the account as it is."),
    ),
)
