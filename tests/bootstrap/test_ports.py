import os
import socket

import pytest

from scripts.bootstrap.console import Problem
from scripts.runner import ports

HOST = "127.0.0.1"


@pytest.fixture
def taken_port() -> int:
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_free_port_is_taken_without_a_word():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        free = probe.getsockname()[1]
    listener = ports.listen(HOST, free)
    with listener.socket:
        assert (listener.port, listener.notes) == (free, ())


def test_a_taken_port_is_named_and_the_next_one_is_used(taken_port: int):
    listener = ports.listen(HOST, taken_port)
    with listener.socket:
        assert listener.port > taken_port
        assert listener.notes[0] == f"Port {taken_port} is taken; trying {taken_port + 1}."


def test_the_port_stays_ours_between_choosing_it_and_serving_on_it(taken_port: int):
    first = ports.listen(HOST, taken_port)
    with first.socket:
        second = ports.listen(HOST, first.port)
        with second.socket:
            assert second.port != first.port


@pytest.mark.skipif(os.getuid() == 0, reason="root may use every port")
def test_a_port_reserved_for_root_gives_way_to_the_default_range():
    listener = ports.listen(HOST, 80)
    with listener.socket:
        assert listener.port >= ports.DEFAULT_PORT
        assert "only be used by root" in listener.notes[0]


@pytest.mark.parametrize("value", ["0", "65536", "-1", "http", "80 80"])
def test_an_impossible_port_is_refused_with_its_bounds(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(Problem, match=r"from 1 to 65535, got"):
        ports.wanted_port()


def test_the_environment_chooses_the_port(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", "8123")
    assert ports.wanted_port() == 8123
