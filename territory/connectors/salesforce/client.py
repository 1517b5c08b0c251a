"""The parts of Salesforce's REST API that are needed: sign-in by refresh token, sObject Collections, SOQL in batches.

Collections take 200 records a call and 2,000 to read (REST API Developer Guide, sObject Collections); queries stand in
the body of a Composite Batch, 25 a call, because long ones do not fit an address.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from territory.connectors.protocol import CannotTalk, Opening, SignInExpired
from territory.connectors.transport import WORDS_MAX, Caller, demand_ok, parsed
from workspace.outgoing import Answer

API = "/services/data/v62.0"
RECORDS_PER_CALL = 200
QUERIES_PER_CALL = 25
LIMIT_REACHED = frozenset({"REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE"})


class SalesforceClient:
    """`base_url` is the organisation's My Domain address."""

    def __init__(self, opening: Opening) -> None:
        self._base = opening.base_url.rstrip("/")
        self._credentials = opening.credentials
        self._caller = Caller(opening, authorize=self._headers, renew=self._renew, is_busy=_is_busy)
        self._sign_in = Caller(opening, authorize=dict)

    def get(self, path: str) -> Any:
        return self._read(self._caller.json("GET", self._base + path))

    def patch_records(self, records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """SaveResults in the order of the records."""
        return self._collection("PATCH", {"allOrNone": False, "records": list(records)})

    def create_records(self, records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return self._collection("POST", {"allOrNone": False, "records": list(records)})

    def delete_records(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = []
        # The ids stand in the address, which has its length.
        for start in range(0, len(ids), 50):
            query = urlencode({"ids": ",".join(ids[start : start + 50]), "allOrNone": "false"})
            answer = self._caller.json("DELETE", f"{self._base}{API}/composite/sobjects?{query}")
            results += self._read(answer)
        return results

    def retrieve(self, kind: str, ids: Sequence[str], fields: Sequence[str]) -> list[dict[str, Any] | None]:
        """In the order of the ids; None for what is not there."""
        payload = {"ids": list(ids), "fields": list(fields)}
        return self._read(self._caller.json("POST", f"{self._base}{API}/composite/sobjects/{kind}", payload))

    def query(self, soql: str) -> Iterator[dict[str, Any]]:
        """All rows, page by page."""
        page = self.get(f"{API}/query?{urlencode({'q': soql})}")
        while True:
            yield from page["records"]
            if page["done"]:
                return
            following = str(page["nextRecordsUrl"])
            if not following.startswith("/"):
                # The token goes to this address only.
                raise CannotTalk("It continues its answer at another address.")
            page = self.get(following)

    def query_each(self, queries: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Rows of several queries, each with fewer rows than a page."""
        for start in range(0, len(queries), QUERIES_PER_CALL):
            requests = [
                {"method": "GET", "url": f"{API.removeprefix('/services/data/')}/query?{urlencode({'q': soql})}"}
                for soql in queries[start : start + QUERIES_PER_CALL]
            ]
            answer = self._caller.json("POST", f"{self._base}{API}/composite/batch", {"batchRequests": requests})
            for each in self._read(answer)["results"]:
                if each["statusCode"] != 200:
                    raise CannotTalk(_words(each["result"]))
                yield from each["result"]["records"]

    def _collection(self, method: str, payload: dict[str, Any]) -> list[dict[str, Any]]:
        return self._read(self._caller.json(method, f"{self._base}{API}/composite/sobjects", payload))

    def _read(self, answer: Answer) -> Any:
        said = parsed(answer)
        demand_ok(answer, "" if answer.status < 300 else _words(said))
        return said

    def _headers(self) -> dict[str, str]:
        if not self._credentials.get("access_token"):
            self._renew()
        return {"Authorization": f"Bearer {self._credentials.get('access_token')}"}

    def _renew(self) -> bool:
        """OAuth 2.0 refresh token flow; where tokens rotate, the new one takes the old one's place."""
        form = {"grant_type": "refresh_token"} | {
            key: self._credentials.get(key) for key in ("client_id", "client_secret", "refresh_token")
        }
        answer = self._sign_in.send(
            "POST",
            f"{self._base}/services/oauth2/token",
            body=urlencode({key: value for key, value in form.items() if value}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        said = parsed(answer)
        if answer.status != 200:
            words = said.get("error_description") or said.get("error") or f"status {answer.status}"
            raise SignInExpired(f"Salesforce does not take the refresh token any more ({words}): sign in again.")
        fresh = {"access_token": said["access_token"]}
        if said.get("refresh_token"):
            fresh["refresh_token"] = said["refresh_token"]
        self._credentials.replace(**fresh)
        return True


def _is_busy(answer: Answer) -> bool:
    """The limit of calls a day comes as 403, with its code in the body."""
    if answer.status != 403:
        return False
    try:
        said = json.loads(answer.body)
    except ValueError:
        return False
    return isinstance(said, list) and any(each.get("errorCode") in LIMIT_REACHED for each in said)


def _words(said: Any) -> str:
    """`[{"message", "errorCode"}]`, as errors come."""
    if isinstance(said, list) and said and isinstance(said[0], dict):
        return f"{said[0].get('message', '')} ({said[0].get('errorCode', '')})"[:WORDS_MAX]
    return ""
