"""OSRM and Valhalla over HTTP: what they say in our units, and what happens when they do not."""

import json
from typing import Any

import numpy as np
import pytest

from balancing.travel.engine import TravelFault
from balancing.travel.fallback import MOST_FAULTS, Patient, completed
from balancing.travel.servers import OsrmEngine, ValhallaEngine
from tests.balancing.travel.routing_server import Answer, routing_server
from workspace.outgoing import OutgoingRefused, call, check_address

LONS, LATS = np.array([9.5095, 9.5087, 9.6]), np.array([47.1656, 47.068, 47.2])
BASE = 9.5209, 47.141


def osrm(path: str, body: bytes) -> Answer:
    """Of the places asked for, the first is the base; the n-th after it is n minutes and n km away, no. 3 nowhere."""
    n = path.partition("?")[0].count(";")
    row = [None if number == 3 else float(number) for number in range(n + 1)]
    return 200, {
        "code": "Ok",
        "durations": [[value and 60 * value for value in row]],
        "distances": [[value and 1000 * value for value in row]],
    }


def valhalla(path: str, body: bytes) -> Answer:
    asked = json.loads(body)
    row = [
        {"time": None if number == 3 else 60 * number, "distance": None if number == 3 else number}
        for number in range(1, len(asked["targets"]) + 1)
    ]
    return 200, {"sources_to_targets": [row], "units": asked["units"]}


@pytest.mark.parametrize(("engine", "answer"), [(OsrmEngine, osrm), (ValhallaEngine, valhalla)])
def test_seconds_and_metres_become_minutes_and_kilometres(engine: Any, answer: Any) -> None:
    with routing_server(answer) as server:
        legs = engine(server.url).from_base(*BASE, LONS, LATS)
    assert legs.minutes.tolist()[:2] == legs.km.tolist()[:2] == [1, 2]
    assert np.isnan(legs.minutes[2])
    assert np.isnan(legs.km[2])


def test_osrm_is_asked_for_one_row_of_its_table() -> None:
    with routing_server(osrm) as server:
        OsrmEngine(server.url).from_base(*BASE, LONS[:1], LATS[:1])
    assert server.asked == [
        "/table/v1/driving/9.52090,47.14100;9.50950,47.16560?sources=0&annotations=duration,distance"
    ]


@pytest.mark.parametrize(
    ("status", "said", "words"),
    [
        (500, {}, "status 500"), (400, {"code": "TooBig"}, "status 400"), (200, b"<html>", "something else"),
        (200, {}, "something else"), (200, {"durations": [[0, 1]], "distances": [[0, 1]]}, "something else"),
        (200, {"durations": [["x"] * 4], "distances": [[1] * 4]}, "something else"),
        (200, {"durations": [], "distances": []}, "something else"), (200, [], "something else"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_a_fault_in_words(status: int, said: Any, words: str) -> None:
    with routing_server(lambda path, body: (status, said)) as server, pytest.raises(TravelFault, match=words):
        OsrmEngine(server.url).from_base(*BASE, LONS, LATS)


def test_a_server_that_is_not_there_is_a_fault_and_left_alone_after_some() -> None:
    patient = Patient(OsrmEngine("http://127.0.0.1:9"))
    for _ in range(MOST_FAULTS + 2):
        answered = patient.ask(*BASE, LONS, LATS)
        assert not answered.is_asked.any()
    assert "could not be reached" in patient.reason


def test_after_several_faults_no_more_calls_are_made() -> None:
    with routing_server(lambda path, body: (503, {})) as server:
        patient = Patient(OsrmEngine(server.url))
        for _ in range(MOST_FAULTS + 2):
            patient.ask(*BASE, LONS, LATS)
    assert len(server.asked) == MOST_FAULTS


def test_one_batch_that_fails_leaves_the_others() -> None:
    """200 places are three calls; the second fails."""
    replies = iter([True, False, True])
    with routing_server(lambda path, body: osrm(path, body) if next(replies) else (502, {})) as server:
        answered = Patient(OsrmEngine(server.url)).ask(*BASE, np.full(200, -109.51234), np.full(200, -47.11234))
    assert answered.is_asked.tolist() == [True] * 75 + [False] * 75 + [True] * 50


def test_gaps_are_filled_by_the_estimate_and_marked() -> None:
    with routing_server(osrm) as server:
        legs = Patient(OsrmEngine(server.url)).ask(*BASE, LONS, LATS).legs
    whole = completed(legs, *BASE, LONS, LATS)
    assert whole.is_estimate.tolist() == [False, False, True]
    assert whole.legs.minutes[2] == pytest.approx(whole.legs.km[2] / 70 * 60)
    assert whole.legs.km[2] == pytest.approx(1.3 * 8.873, rel=0.01)


def test_only_who_says_so_calls_inside() -> None:
    """The exception is the operator's own address, not a setting that opens webhooks too."""
    check_address("http://10.0.0.1/table", may_be_inside=True)
    with pytest.raises(OutgoingRefused):
        check_address("http://10.0.0.1/table")
    with routing_server(osrm) as server, pytest.raises(OutgoingRefused):
        call("GET", server.url)
    assert server.asked == []
