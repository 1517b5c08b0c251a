"""What a connector is: how a CRM is signed in to, read, and given owners and territories of accounts.

Ids are the CRM's own, as text. A connector raises SignInExpired, TryLater or CannotTalk; their texts are for people,
and name neither secrets nor tokens.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from workspace.outgoing import Limits

CRM_LIMITS = Limits(connect_s=10, read_s=60, whole_s=120, body_bytes=16 * 1024 * 1024)
HELD_AT_A_TIME = 1000


class CannotTalk(Exception):
    """The CRM answers in a way that trying again does not mend."""


class SignInExpired(CannotTalk):
    """The CRM no longer takes the credentials: somebody has to sign in again."""


class TryLater(Exception):
    """The CRM is busy, over its limit or out of reach, also after several tries."""


@dataclass(frozen=True)
class Owner:
    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class CrmTerritory:
    """`names`: whatever one of our territories may be called by to mean this one."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """What an account has in the CRM. It may lie in several territories."""

    owner_id: str = ""
    territory_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """What an account shall have. An empty owner or territory stays as it is there.

    `leaves`: territories it is taken out of, where the CRM lets an account lie in several.
    """

    external_id: str
    owner_id: str = ""
    territory_id: str = ""
    leaves: tuple[str, ...] = ()


class Result(StrEnum):
    OK = "ok"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True)
class Outcome:
    """`words` are the CRM's own."""

    external_id: str
    result: Result
    words: str = ""


class Connector(ABC):
    """Pushing the same assignments again changes nothing, so whatever failed in between may be sent once more."""

    @abstractmethod
    def check(self) -> str:
        """Who we are signed in as."""

    @abstractmethod
    def push(self, assignments: Iterable[Assignment]) -> Iterator[Outcome]:
        """One outcome per assignment, in batches as the CRM takes them. Reads `assignments` as it goes."""

    def pull_owners(self) -> Iterable[Owner] | None:
        """Who can own an account. None where the CRM does not tell: then a rep's id is taken as the owner's."""
        return None

    def pull_territories(self) -> Iterable[CrmTerritory] | None:
        """None where territories are plain text: then a territory's code is written."""
        return None

    def pull_held(self, external_ids: Sequence[str], territory_ids: frozenset[str]) -> Mapping[str, Held] | None:
        """What these accounts have now, of these territories; who is missing does not exist there.

        At most HELD_AT_A_TIME ids. None where the CRM cannot be asked: then the last push is compared with.
        """
        return None

    def pull_accounts(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        """Rows as `POST /api/v1/accounts/bulk` takes them, those changed since then."""
        raise CannotTalk("Accounts cannot be read from this CRM.")

    def account_key(self, external_id: str) -> str:
        """The form in which the CRM writes this id."""
        return external_id


@dataclass
class Credentials:
    """What signs in. `save` keeps what the CRM gave in exchange, such as a new refresh token."""

    values: dict[str, str]
    save: Callable[[dict[str, str]], None] = field(default=lambda values: None, repr=False)

    def __repr__(self) -> str:
        return f"Credentials({', '.join(sorted(self.values))})"

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def replace(self, **changed: str) -> None:
        self.values = self.values | changed
        self.save(self.values)


@dataclass(frozen=True)
class Opening:
    """What a connector is opened with. `wait` takes seconds, and may raise to stop the work."""

    base_url: str
    settings: Mapping[str, str]
    credentials: Credentials
    wait: Callable[[float], None]
    limits: Limits = CRM_LIMITS

    def setting(self, key: str, default: str = "") -> str:
        return self.settings.get(key) or default


@dataclass(frozen=True)
class Field:
    """A setting or a credential, as it is asked for in the browser."""

    key: str
    label: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True)
class ConnectorKind:
    """`url_example` shows what kind of address is meant."""

    key: str
    label: str
    url_example: str
    open: Callable[[Opening], Connector]
    credentials: tuple[Field, ...]
    settings: tuple[Field, ...] = ()


def in_batches(
    assignments: Iterable[Assignment], size: int, send: Callable[[Sequence[Assignment]], Iterable[Outcome]]
) -> Iterator[Outcome]:
    """Outcomes of one batch after the other. After a TryLater nothing more is sent: the rest is for later, too."""
    rest = iter(assignments)
    words = ""
    while batch := list(islice(rest, size)):
        if not words:
            try:
                yield from send(batch)
                continue
            except TryLater as busy:
                words = str(busy)
        yield from (Outcome(each.external_id, Result.LATER, words) for each in batch)
