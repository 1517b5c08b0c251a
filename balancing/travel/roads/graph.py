"""The road graph: flat arrays, saved as files that are mapped into memory."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Self
from uuid import uuid4

import numpy as np
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from balancing.engine.arrays import AnyArray, FloatArray, IntArray, LongArray
from balancing.engine.geometry import EARTH_RADIUS_KM, unit_vectors
from balancing.travel.roads.shortest import fastest_ways

ARRAYS = ("ptr", "heads", "minutes", "km", "lon", "lat")
ABOUT = "about.json"


@dataclass(frozen=True)
class About:
    """Where a graph comes from; the version stands for the content of its file and the rules."""

    name: str
    version: str
    source: str
    data_date: str
    built_at: str


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """N places and E directed roads between them, each place reaching each other.

    ptr       (N + 1,) int64, heads (E,) int32: the roads out of place i are ptr[i] … ptr[i + 1] - 1
    minutes   (E,) drive, km (E,) length
    lon, lat  (N,) degrees
    """

    about: About
    ptr: LongArray
    heads: IntArray
    minutes: FloatArray
    km: FloatArray
    lon: FloatArray
    lat: FloatArray

    def __post_init__(self) -> None:
        for name in ARRAYS:
            array = getattr(self, name).view(np.ndarray)
            array.flags.writeable = False  # kernels are compiled for one sort of array, the one mapped from a file
            object.__setattr__(self, name, array)

    @property
    def n_nodes(self) -> int:
        return len(self.lon)

    @property
    def n_edges(self) -> int:
        return len(self.heads)

    @cached_property
    def box(self) -> Box:
        return Box(*(float(value) for value in (self.lon.min(), self.lat.min(), self.lon.max(), self.lat.max())))

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(unit_vectors(self.lon, self.lat))

    @cached_property
    def _matrix(self) -> csr_matrix:
        return csr_matrix((self.minutes, self.heads, self.ptr), shape=(self.n_nodes, self.n_nodes))

    def nearest(self, lon: FloatArray, lat: FloatArray) -> tuple[IntArray, FloatArray]:
        """The nearest place (n,) to each point in degrees, and the great-circle km to it."""
        chords, nodes = self._tree.query(unit_vectors(lon, lat))
        return nodes.astype(np.int32), 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chords / 2))

    def from_node(self, node: int, *, limit_min: float = np.inf) -> tuple[FloatArray, FloatArray]:
        """Least minutes (N,) from a place to each, and the km (N,) of that drive; infinite beyond the limit."""
        return fastest_ways(self._matrix, self.ptr, self.heads, self.km, node, limit_min=limit_min)

    def save(self, root: Path) -> Path:
        """Write to root/name, in place of what was there; readers see the old one or the new one."""
        root.mkdir(parents=True, exist_ok=True)
        folder, fresh = root / self.about.name, root / f".{self.about.name}-{uuid4().hex[:8]}"
        fresh.mkdir()
        for name in ARRAYS:
            np.save(fresh / f"{name}.npy", getattr(self, name))
        (fresh / ABOUT).write_text(json.dumps(asdict(self.about), indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            old = root / f".{self.about.name}-{uuid4().hex[:8]}"
            folder.rename(old)
            fresh.rename(folder)
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
        return folder

    @classmethod
    def load(cls, folder: Path) -> Self:
        arrays: list[AnyArray] = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS]
        return cls(about_of(folder), *arrays)


def about_of(folder: Path) -> About:
    return About(**json.loads((folder / ABOUT).read_text(encoding="utf-8")))


def known_graphs(root: Path) -> list[RoadGraph]:
    """All graphs under root by name, each opened once per process and version."""
    if not root.is_dir():
        return []
    folders = sorted(entry for entry in root.iterdir() if not entry.name.startswith(".") and (entry / ABOUT).is_file())
    return [_opened(os.fspath(folder), about_of(folder).version) for folder in folders]


@lru_cache(maxsize=16)
def _opened(folder: str, version: str) -> RoadGraph:
    return RoadGraph.load(Path(folder))
