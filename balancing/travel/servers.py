"""Routing servers of the operator's own: OSRM and Valhalla, over HTTP.

Their addresses come from the settings and from nowhere else; they may be inside the operator's network.
"""

import json
from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from django.utils import timezone

from balancing.engine.arrays import FloatArray
from balancing.models.travel import TravelEngineName
from balancing.travel.engine import Legs, TravelFault
from workspace.outgoing import Limits, OutgoingFailed, call

LIMITS = Limits(connect_s=5, read_s=20, whole_s=30, body_bytes=4 * 1024 * 1024)
JSON = {"Content-Type": "application/json"}


class _Server(ABC):
    """Neither says in its answers which map it has: the day it was asked stands for the version."""

    name: str
    data_date = ""
    batch: int

    def __init__(self, url: str) -> None:
        self._url = url
        self.version = f"asked {timezone.now().date().isoformat()}"

    def from_base(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Legs:
        try:
            return self._read(self._ask(lon, lat, lons, lats), len(lons))
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise TravelFault(f"{self.label} answered something else than a table.") from error

    @property
    def label(self) -> str:
        return str(TravelEngineName(self.name).label)

    @abstractmethod
    def _ask(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Any: ...

    @abstractmethod
    def _read(self, answer: Any, n: int) -> Legs: ...

    def _call(self, method: str, path: str, body: bytes = b"") -> Any:
        try:
            answer = call(
                method, f"{self._url}/{path}", body=body, headers=JSON if body else None, limits=LIMITS,
                may_be_inside=True,
            )  # fmt: skip
        except OutgoingFailed as error:
            raise TravelFault(f"{self.label}: {error}") from error
        if answer.status != 200:
            raise TravelFault(f"{self.label} answered with status {answer.status}.")
        return json.loads(answer.body)


class OsrmEngine(_Server):
    """OSRM's table service (project-osrm.org, HTTP API v1): seconds and metres."""

    name = TravelEngineName.OSRM
    # 100 places are its usual max-table-size; these make an address short enough for our calls and most proxies.
    batch = 75

    def _ask(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Any:
        places = ";".join(f"{x:.5f},{y:.5f}" for x, y in [(lon, lat), *zip(lons, lats, strict=True)])
        return self._call("GET", f"table/v1/driving/{places}?sources=0&annotations=duration,distance")

    def _read(self, answer: Any, n: int) -> Legs:
        times, lengths = answer["durations"][0], answer["distances"][0]
        return _legs(times[1:], lengths[1:], n, per_minute=60, per_km=1000)  # the first is the base itself


class ValhallaEngine(_Server):
    """Valhalla's sources_to_targets: seconds and kilometres."""

    name = TravelEngineName.VALHALLA
    batch = 99  # of usually 2,500 pairs, of which one-to-many may take 100

    def _ask(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Any:
        goals = [{"lon": round(float(x), 6), "lat": round(float(y), 6)} for x, y in zip(lons, lats, strict=True)]
        asked = {"sources": [{"lon": lon, "lat": lat}], "targets": goals, "costing": "auto", "units": "kilometers"}
        return self._call("POST", "sources_to_targets", json.dumps(asked).encode())

    def _read(self, answer: Any, n: int) -> Legs:
        row = answer["sources_to_targets"][0]
        return _legs([leg["time"] for leg in row], [leg["distance"] for leg in row], n, per_minute=60, per_km=1)


def _legs(times: list[Any], lengths: list[Any], n: int, *, per_minute: float, per_km: float) -> Legs:
    """ValueError for anything but n numbers, or null where there is no drive, which is NaN."""
    minutes, km = (np.array(values, dtype=np.float64) for values in (times, lengths))
    if minutes.shape != (n,) or km.shape != (n,):
        raise ValueError(f"expected {n} drives")
    is_drive = np.isfinite(minutes) & np.isfinite(km) & (minutes >= 0) & (km >= 0)
    return Legs(np.where(is_drive, minutes / per_minute, np.nan), np.where(is_drive, km / per_km, np.nan))
