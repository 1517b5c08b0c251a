"""Calls to a CRM: only through `workspace.outgoing`, tried again where that helps, signed in anew once."""

import json
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils import timezone

from territory.connectors.protocol import CannotTalk, Opening, SignInExpired, TryLater
from workspace.outgoing import Answer, OutgoingFailed, OutgoingRefused, call

# After the first, second, third failure; then it is given up.
BACK_OFF_S = (1.0, 5.0, 20.0)
# Who asks for more patience than this is asked again by a person.
PATIENCE_S = 120.0
BUSY = frozenset({429, 502, 503, 504})
WORDS_MAX = 500
JSON_TYPE = {"Content-Type": "application/json", "Accept": "application/json"}


class Caller:
    """Sends with the headers that `authorize` gives. `renew` signs in anew, and says whether it could.

    `is_busy` knows a CRM's own way of saying that its limit is reached.
    """

    def __init__(
        self,
        opening: Opening,
        *,
        authorize: Callable[[], Mapping[str, str]],
        renew: Callable[[], bool] | None = None,
        is_busy: Callable[[Answer], bool] | None = None,
    ) -> None:
        self._wait = opening.wait
        self._authorize = authorize
        self._renew = renew
        self._is_busy = is_busy or (lambda answer: False)
        self._limits = opening.limits

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """An answer that is neither "too busy" nor "sign in". TryLater, SignInExpired, CannotTalk."""
        answer = self._patiently(method, url, body, headers or {})
        if answer.status == 401 and self._renew is not None and self._renew():
            answer = self._patiently(method, url, body, headers or {})
        if answer.status == 401:
            raise SignInExpired("The CRM does not take the sign-in any more: enter its credentials again.")
        return answer

    def json(self, method: str, url: str, payload: Any = None, *, headers: Mapping[str, str] | None = None) -> Answer:
        body = b"" if payload is None else json.dumps(payload).encode()
        return self.send(method, url, body=body, headers=JSON_TYPE | dict(headers or {}))

    def _patiently(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        for pause in (*BACK_OFF_S, None):
            try:
                answer = call(
                    method, url, body=body, headers=dict(self._authorize()) | dict(headers), limits=self._limits
                )
            except OutgoingRefused as refused:
                raise CannotTalk(str(refused)) from None
            except OutgoingFailed as failed:
                words, asked_s = str(failed), None
            else:
                if answer.status not in BUSY and not self._is_busy(answer):
                    return answer
                words, asked_s = f"It was too busy (status {answer.status}).", retry_after_s(answer)
            if pause is None or (asked_s or 0) > PATIENCE_S:
                break
            self._wait(max(pause, asked_s or 0))
        raise TryLater(words)


def retry_after_s(answer: Answer) -> float | None:
    """Seconds or a date (RFC 9110, 10.2.3); None where neither is there."""
    said = answer.headers.get("retry-after", "")
    try:
        return max(float(said), 0.0)
    except ValueError:
        pass
    try:
        return max((parsedate_to_datetime(said) - timezone.now()).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def parsed(answer: Answer) -> Any:
    """The answer's JSON. CannotTalk where it is none."""
    try:
        return json.loads(answer.body)
    except ValueError:
        raise CannotTalk(f"It answered with status {answer.status}, and not in JSON.") from None


def demand_ok(answer: Answer, words: str = "") -> Answer:
    """CannotTalk with the CRM's words unless the call succeeded."""
    if not 200 <= answer.status < 300:
        raise CannotTalk(f"It answered with status {answer.status}{': ' if words else ''}{words}"[:WORDS_MAX])
    return answer
