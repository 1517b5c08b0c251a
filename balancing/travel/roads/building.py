"""From the ways of a file to the graph that is searched."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import osmium
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from balancing.engine.arrays import AnyArray, BoolArray, FloatArray, IntArray, LongArray
from balancing.engine.geometry import unit_vectors, z_order
from balancing.travel.roads.chains import count_neighbours, follow_chains
from balancing.travel.roads.graph import About, RoadGraph
from balancing.travel.roads.reading import UnreadableRoads, Ways, read_ways
from balancing.travel.roads.rules import RULES_VERSION
from territory.geodesy import WGS84

# A node at least this often on a long road without junctions, so that what lies along it is near one.
NODE_EVERY_KM = 0.3


def build_roads(path: Path, name: str, *, ferries: bool = False) -> RoadGraph:
    """The road graph of a file. Raises UnreadableRoads."""
    ways = read_ways(path, ferries=ferries)
    about = About(
        name=name,
        version=version_of(path, ferries=ferries),
        source=path.name,
        data_date=_data_date(path),
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return graph_of(ways, about)


def version_of(path: Path, *, ferries: bool) -> str:
    """Of the file's content and the rules it was read by: the same version, the same minutes."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(f"rules {RULES_VERSION} ferries {ferries} nodes {NODE_EVERY_KM}".encode())
    return digest.hexdigest()[:12]


def graph_of(ways: Ways, about: About) -> RoadGraph:
    """Junctions, ends of ways and some nodes along long ones; of these, those that reach each other."""
    ids, steps = np.unique(ways.refs, return_inverse=True)
    n_nodes = len(ids)
    lon, lat = np.empty(n_nodes), np.empty(n_nodes)
    lon[steps], lat[steps] = ways.lon, ways.lat
    tails, heads, minutes, km, is_kept = _stretches(ways, steps, n_nodes)
    ptr, heads_of, minutes_of, km_of = _rows(n_nodes, tails, heads, minutes, km)
    back_ptr, tails_of, _, _ = _rows(n_nodes, heads, tails, minutes, km)
    is_kept |= count_neighbours(ptr, heads_of, back_ptr, tails_of) != 2
    is_kept |= _turns_one_way(ptr, back_ptr)
    edges = follow_chains(ptr, heads_of, minutes_of, km_of, is_kept)
    return _strongest_part(n_nodes, edges, lon, lat, about)


def _stretches(
    ways: Ways, steps: LongArray, n_nodes: int
) -> tuple[AnyArray, AnyArray, FloatArray, FloatArray, BoolArray]:
    """Each step along each way in each direction that is allowed; and the nodes kept whatever meets there."""
    way = np.repeat(np.arange(len(ways.kmh)), np.diff(ways.starts))
    _, _, metres = WGS84.inv(ways.lon[:-1], ways.lat[:-1], ways.lon[1:], ways.lat[1:])
    goes_on = (way[:-1] == way[1:]) & (steps[:-1] != steps[1:])
    km = np.where(goes_on, metres / 1000, 0.0)
    along = np.concatenate(([0.0], np.cumsum(km)))
    along -= along[ways.starts[:-1]][way]
    is_kept = np.zeros(n_nodes, dtype=bool)
    is_mark = np.diff(np.floor(along / NODE_EVERY_KM)) > 0
    is_kept[steps[1:][is_mark & goes_on]] = True
    # Where one way goes over into the next: bridges and town signs are short, and a loop keeps its places.
    is_kept[steps[ways.starts[:-1]]] = True
    is_kept[steps[ways.starts[1:] - 1]] = True
    tails, heads, km, way = steps[:-1][goes_on], steps[1:][goes_on], km[goes_on], way[:-1][goes_on]
    found = []
    for direction, (start, end) in enumerate(((tails, heads), (heads, tails))):
        kmh = ways.kmh[way, direction]
        open_ = kmh > 0
        # Two nodes in one place: a road of no minutes would be none to a sparse matrix.
        minutes = np.maximum(1e-6, 60 * km[open_] / kmh[open_])
        found.append((start[open_], end[open_], minutes, km[open_]))
    tails, heads, minutes, km = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return tails, heads, minutes, km, is_kept


def _turns_one_way(ptr: LongArray, back_ptr: LongArray) -> BoolArray:
    """Nodes where as many roads come in as go out neither once nor twice: there a chain would lose a direction."""
    n_out, n_in = np.diff(ptr), np.diff(back_ptr)
    return ~(((n_out == 1) & (n_in == 1)) | ((n_out == 2) & (n_in == 2)))


def _rows(
    n_nodes: int, tails: AnyArray, heads: AnyArray, minutes: FloatArray, km: FloatArray
) -> tuple[LongArray, IntArray, FloatArray, FloatArray]:
    """Edges as rows of a sparse matrix; of several between the same two nodes, the fastest."""
    order = np.lexsort((km, minutes, heads, tails))
    tails, heads = tails[order], heads[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    ptr = np.searchsorted(tails[is_first], np.arange(n_nodes + 1)).astype(np.int64)
    chosen = order[is_first]
    return ptr, heads[is_first].astype(np.int32), minutes[chosen], km[chosen]


def _strongest_part(
    n_nodes: int,
    edges: tuple[IntArray, IntArray, FloatArray, FloatArray],
    lon: FloatArray,
    lat: FloatArray,
    about: About,
) -> RoadGraph:
    """The largest set of nodes from each of which each other is reached, neighbours side by side in memory."""
    tails, heads, minutes, km = edges
    if len(tails) == 0:
        raise UnreadableRoads(f"{about.source} holds no two places that a road joins.")
    links = csr_matrix((np.ones(len(tails)), (tails, heads)), shape=(n_nodes, n_nodes))
    _, label = connected_components(links, directed=True, connection="strong")
    members = np.flatnonzero(label == np.bincount(label).argmax())
    if len(members) < 2:
        raise UnreadableRoads(f"{about.source} holds no two places with roads there and back.")
    members = members[np.argsort(z_order(unit_vectors(lon[members], lat[members])), kind="stable")]
    number = np.full(n_nodes, -1, dtype=np.int64)
    number[members] = np.arange(len(members))
    inside = (number[tails] >= 0) & (number[heads] >= 0)
    rows = _rows(len(members), number[tails[inside]], number[heads[inside]], minutes[inside], km[inside])
    return RoadGraph(about, *rows, lon[members], lat[members])


def _data_date(path: Path) -> str:
    """The day the map data are of, where the file says so; else the newest edit in it."""
    stamp = osmium.io.Reader(str(path)).header().get("osmosis_replication_timestamp")
    if stamp:
        return stamp[:10]
    newest = max((item.timestamp for item in osmium.FileProcessor(str(path))), default=None)
    return "" if newest is None or newest.year < 2000 else newest.date().isoformat()
