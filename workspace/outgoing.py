"""Calls to other systems go outside: never to this machine, its network, or a cloud's own addresses.

A name is resolved once, the address is checked and then connected to, so that a name which changes in between gains
nothing. Redirects are not followed. Whatever an address is written like, the check sees what would be connected to.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from types import TracebackType
from typing import Any, Self

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from requests_hardened import Config
from requests_hardened.client import HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress, _is_ip_in_extra_blocked_ranges
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import parse_url

ADDRESS_MAX = 2000
CHUNK_BYTES = 8192
# Inside, though neither Python nor the library says so.
ALSO_INSIDE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "::/96",  # IPv4 as IPv6, of old
        "::ffff:0:0:0/96",  # IPv4 translated
        "2001::/32",  # Teredo carries an IPv4 address
        "fec0::/10",  # site-local, of old
        "168.63.129.16/32",  # what Azure answers its machines at
    )
)
_ODD = re.compile(r"[\s\\\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Limits:
    """How long a call may take, to connect, between two bytes and in all, and how much of an answer is read."""

    connect_s: float = 5
    read_s: float = 10
    whole_s: float = 20
    body_bytes: int = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """`headers` by their lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class OutgoingFailed(Exception):
    """The call got no answer. The text is for people and tells nothing of the network."""


class OutgoingRefused(OutgoingFailed):
    """The call was not made: the address is not one outside."""


def call(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    may_be_inside: bool = False,
) -> Answer:
    """One request and the beginning of its answer. OutgoingRefused, OutgoingFailed.

    `may_be_inside` is for addresses from the operator's own settings only, never for one that a user gave.
    """
    limits = limits or Limits()
    may_be_inside = may_be_inside or settings.OUTGOING_ALLOW_PRIVATE
    check_address(url, may_be_inside=may_be_inside)
    with _Deadline(limits.whole_s) as deadline, _session(limits, deadline, may_be_inside=may_be_inside) as session:
        try:
            response = session.request(
                method, url, data=body, headers={"Accept-Encoding": "identity"} | dict(headers or {}), stream=True
            )
            said = {name.lower(): value for name, value in response.headers.items()}
            answer = Answer(response.status_code, _beginning(response, limits), said)
        except InvalidIPAddress:
            raise OutgoingRefused("The address leads into a private network.") from None
        except requests.exceptions.SSLError:
            raise OutgoingFailed("Its certificate could not be verified.") from None
        except (requests.exceptions.InvalidURL, UnicodeError):
            raise OutgoingRefused("This is not an address that can be called.") from None
        except requests.Timeout:
            raise OutgoingFailed("It did not answer in time.") from None
        except (requests.RequestException, HTTPError, OSError):
            raise OutgoingFailed(
                "It did not answer in time." if deadline.has_passed else "It could not be reached."
            ) from None
        if deadline.has_passed:
            raise OutgoingFailed("It did not answer in time.")
        return answer


def check_address(url: str, *, may_be_inside: bool = False) -> None:
    """Refuse what could never be called, by its form alone. OutgoingRefused."""
    may_be_inside = may_be_inside or settings.OUTGOING_ALLOW_PRIVATE
    if len(url) > ADDRESS_MAX or _ODD.search(url):
        raise OutgoingRefused(f"An address has at most {ADDRESS_MAX} characters, none of them blank or a backslash.")
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise OutgoingRefused("This is not an address that can be called.") from None
    if parts.scheme != "https" and not (may_be_inside and parts.scheme == "http"):
        raise OutgoingRefused("The address must begin with https://.")
    if not parts.host or parts.auth is not None or parts.fragment is not None:
        raise OutgoingRefused("The address must name a host, and neither a user nor a fragment.")
    number = _as_number(parts.host.strip("[]"))
    if number is not None and not may_be_inside and not is_outside(number):
        raise OutgoingRefused("The address leads into a private network.")


def is_outside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    is_inside = ip.is_multicast or _is_ip_in_extra_blocked_ranges(ip) or any(ip in block for block in ALSO_INSIDE)
    return ip.is_global and not is_inside


def _as_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address written as a number in any of its forms; None for a name, which is resolved when it is called."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return ipaddress.ip_address(found[0][4][0])


def _beginning(response: requests.Response, limits: Limits) -> bytes:
    body = b""
    while len(body) < limits.body_bytes:
        part = response.raw.read1(min(CHUNK_BYTES, limits.body_bytes - len(body)), decode_content=False)
        if not part:
            break
        body += part
    return body


class _Deadline:
    """Hangs up when the time for the whole call is over, however steadily an answer trickles in."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._twins: list[socket.socket] = []
        self._timer = Timer(seconds, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        for twin in self._twins:
            twin.close()

    @property
    def has_passed(self) -> bool:
        return time.monotonic() >= self._until

    def watch(self, opened: socket.socket) -> socket.socket:
        # TLS takes the socket over; a twin stays good for hanging up.
        self._twins.append(opened.dup())
        return opened

    def _hang_up(self) -> None:
        for twin in self._twins:
            with suppress(OSError):
                twin.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPAdapter):
    """Every connection is under the call's deadline."""

    def __init__(self, deadline: _Deadline, **options: Any) -> None:
        self._deadline = deadline
        super().__init__(**options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _watched(HTTPConnectionPool, self._deadline),
            "https": _watched(HTTPSConnectionPool, self._deadline),
        }


def _watched(pool: Any, deadline: _Deadline) -> Any:
    class Connection(pool.ConnectionCls):
        def _new_conn(self) -> socket.socket:
            return deadline.watch(super()._new_conn())

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})


class OutsideAdapter(_Watched, IPFilterAdapter):
    """Connects to the address that was resolved and checked, and to no other."""

    def build_connection_pool_key_attributes(self, *arguments: Any, **options: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*arguments, **options)
        pinned = ipaddress.ip_address(host["host"].strip("[]"))
        if not is_outside(pinned):
            raise InvalidIPAddress(pinned)
        return host, pool


def _session(limits: Limits, deadline: _Deadline, *, may_be_inside: bool) -> HTTPSession:
    session = HTTPSession(
        Config(
            ip_filter_enable=False,  # mounted below, with more ranges
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=(limits.connect_s, limits.read_s),
            user_agent_override="Territories",
        )
    )
    # Neither proxies nor passwords from the surroundings.
    session.trust_env = False
    if may_be_inside:
        session.mount("http://", _Watched(deadline))
        session.mount("https://", _Watched(deadline))
    else:
        session.mount("http://", OutsideAdapter(deadline, is_https_proto=False))
        session.mount("https://", OutsideAdapter(deadline, is_https_proto=True))
    return session
