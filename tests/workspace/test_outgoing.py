"""Nothing inside is reached, whatever its address is written like."""

import ipaddress
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests_hardened.ip_filter import InvalidIPAddress

from tests.workspace.receiver import Receiver, receiver
from workspace.outgoing import (
    Limits,
    OutgoingFailed,
    OutgoingRefused,
    OutsideAdapter,
    _Deadline,
    call,
    check_address,
    is_outside,
)

# {port} is the canary's. Each is tried over https, which a call demands, and the filter below it over http as well.
HOSTS = [
    # this machine, as number
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "017700000001",
    "0177.0.0.1", "0177.0.0.01", "00000177.0.0.1", "127.0.0x0.1", "0x7F000001", "0", "0.0.0.0", "0x0", "00",
    "127.255.255.254", "4294967295", "255.255.255.255",
    # this machine, as name
    "localhost", "LOCALHOST", "localhost.", "LocalHost.", "localhost.localdomain", "ip6-localhost", "ip6-loopback",
    # trailing dots and digits that only look like digits
    "127.0.0.1.", "127.0.0.1..", "2130706433.", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1",
    "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    # IPv6, and IPv4 dressed as IPv6
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:0001::1]",
    "[2001:0:7f00:1::]", "[::1%25lo]", "[fe80::1%25lo]",
    # the network around it, and what clouds tell their machines
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166", "[::ffff:a9fe:a9fe]",
    "[fd00:ec2::254]", "100.100.100.200", "100.64.0.1", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1",
    "240.0.0.1", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[5f00::1]", "192.88.99.1",
    # two hosts in one
    "user@127.0.0.1", "user:password@127.0.0.1", "example.org@127.0.0.1", "example.org%40@127.0.0.1",
]  # fmt: skip
WHOLE = [
    "https://example.org\\@127.0.0.1:{port}/", "https://127.0.0.1:{port}\\@example.org/",
    "https://example.org:443\\@127.0.0.1:{port}/", "https:127.0.0.1:{port}/", "https:/127.0.0.1:{port}/",
    "https:///127.0.0.1:{port}/", "//127.0.0.1:{port}/", "127.0.0.1:{port}", "https://127.0.0.1:{port}#@example.org/",
    "https://127.0.0.1:{port}?@example.org/", "https://[::1]:{port}]/", "https://[127.0.0.1]:{port}/",
    "https://example.org\r\nHost: 127.0.0.1:{port}/", "https://127.0.0.1\t:{port}/", "https://127.0.0.1 :{port}/",
    " https://127.0.0.1:{port}/", "http://127.0.0.1:{port}/", "HTTP://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x", "file:///etc/passwd", "jar:https://127.0.0.1:{port}/", "https://",
    "https://:{port}/", "", "https://127.0.0.1:99999/", "https+unix://127.0.0.1:{port}/", "dict://127.0.0.1:{port}/x",
    "https://a" + "a" * 2000,
]  # fmt: skip
FORMS = [f"https://{host}:{{port}}/" for host in HOSTS] + WHOLE


@pytest.fixture
def canary() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def filtered(scheme: str) -> requests.Session:
    """Only the filter, without the look at an address's form."""
    session = requests.Session()
    session.trust_env = False
    session.mount(f"{scheme}://", OutsideAdapter(_Deadline(3), is_https_proto=scheme == "https"))
    return session


def test_there_are_at_least_sixty_forms() -> None:
    assert len(set(FORMS)) >= 60


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_an_inside_address_reaches_the_canary(form: str, canary: Receiver) -> None:
    with pytest.raises(OutgoingFailed) as refusal:
        call("POST", form.format(port=canary.port), body=b"{}")
    assert canary.n_connections == 0
    assert "127.0.0.1" not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", HOSTS)
def test_the_filter_alone_keeps_each_of_them_inside(host: str, scheme: str, canary: Receiver) -> None:
    with filtered(scheme) as session, pytest.raises((requests.RequestException, UnicodeError)):
        session.post(f"{scheme}://{host}:{canary.port}/", timeout=3, allow_redirects=False)
    assert canary.n_connections == 0


def test_the_canary_sings_when_it_is_reached(canary: Receiver, settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    assert call("POST", canary.url, body=b"{}").status == 200
    assert canary.n_connections == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_not_followed(status: int, canary: Receiver, settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    with receiver(status) as outside:
        outside.location = canary.url
        assert call("POST", outside.url, body=b"{}").status == status
    assert canary.n_connections == 0


def resolving_to(*answers: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name server that says something else each time it is asked for `rebinding.example`; who asked."""
    asked: list[str] = []
    genuine = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host != "rebinding.example":
            return genuine(host, port, *arguments, **options)
        asked.append(host)
        address = answers[min(len(asked), len(answers)) - 1]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = resolving_to("93.184.215.14", "127.0.0.1", monkeypatch=monkeypatch)
    request = requests.Request("POST", "https://rebinding.example/hook").prepare()
    adapter = OutsideAdapter(_Deadline(3), is_https_proto=True)
    host, pool = adapter.build_connection_pool_key_attributes(request, verify=True)
    assert host["host"] == "93.184.215.14"
    assert (pool["server_hostname"], pool["assert_hostname"]) == ("rebinding.example", "rebinding.example")
    assert asked == ["rebinding.example"]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1"])
def test_a_name_that_resolves_to_the_inside_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(address, monkeypatch=monkeypatch)
    with pytest.raises(OutgoingRefused, match="private network"):
        call("POST", "https://rebinding.example/hook")


def test_a_name_that_turns_inside_after_the_first_call_is_refused_at_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving_to("93.184.215.14", "127.0.0.1", monkeypatch=monkeypatch)
    adapter = OutsideAdapter(_Deadline(3), is_https_proto=True)
    request = requests.Request("POST", "https://rebinding.example/hook").prepare()
    adapter.build_connection_pool_key_attributes(request, verify=True)
    with pytest.raises(InvalidIPAddress):
        adapter.build_connection_pool_key_attributes(request, verify=True)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_internet_is_outside(address: str) -> None:
    assert is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url", ["https://hooks.example.org/a?b=c", "https://8.8.8.8/", "https://münchen.example:8443/"]
)
def test_an_ordinary_address_may_be_kept(url: str) -> None:
    check_address(url)


def test_proxies_and_passwords_of_the_surroundings_are_not_used(
    canary: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    with receiver() as outside:
        monkeypatch.setenv("http_proxy", canary.url)
        call("POST", outside.url)
        assert outside.n_connections == 1
    assert canary.n_connections == 0


def test_a_receiver_that_hangs_is_left(canary: Receiver, settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    canary.answers = ["hang"]
    with pytest.raises(OutgoingFailed, match="did not answer in time"):
        call("POST", canary.url, limits=Limits(read_s=0.2))


def test_a_receiver_that_trickles_is_left_when_the_whole_time_is_over(canary: Receiver, settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    canary.answers = ["trickle"]
    started = time.monotonic()
    with pytest.raises(OutgoingFailed, match="did not answer in time"):
        call("POST", canary.url, limits=Limits(whole_s=0.5))
    assert time.monotonic() - started < Limits().read_s


def test_of_a_long_answer_only_the_beginning_is_read(settings: Any, canary: Receiver) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    assert call("POST", canary.url, limits=Limits(body_bytes=1)).body == b"o"


def test_nobody_listening_is_told_in_words(settings: Any) -> None:
    settings.OUTGOING_ALLOW_PRIVATE = True
    with receiver() as gone:
        url = gone.url
    with pytest.raises(OutgoingFailed, match="could not be reached"):
        call("POST", url)
