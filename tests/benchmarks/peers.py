"""What others offer for dividing units among territories; each balances one weight within 5 %.

k-means-constrained balances rows, so it runs only where every row weighs the same, and it does not know adjacency.
METIS (pymetis) minimises cut edges, not distance. ReCom (GerryChain) draws random connected plans; here the shortest
of 100 steps downhill is kept.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np

from balancing.engine.geometry import plane_km, unit_vectors
from balancing.engine.graph import adjacency

Peer = Callable[[dict[str, np.ndarray]], np.ndarray]

_TOLERANCE = 0.05
_RECOM_STEPS = 100
_LARGEST_FOR_K_MEANS, _LARGEST_FOR_RECOM = 10_000, 5_000


def peers_for(instance: dict[str, np.ndarray], *, slow: bool) -> dict[str, Peer]:
    """Those that can do this instance; the slow ones on small instances only, unless asked for."""
    n_units, is_even = len(instance["W"]), np.ptp(instance["W"][:, 0]) == 0
    peers: dict[str, Peer] = {}
    if is_even and (slow or n_units <= _LARGEST_FOR_K_MEANS):
        peers["k-means-constrained"] = run_k_means_constrained
    peers["METIS"] = run_metis
    if slow or n_units <= _LARGEST_FOR_RECOM:
        peers["ReCom"] = run_recom
    return peers


def run_k_means_constrained(instance: dict[str, np.ndarray]) -> np.ndarray:
    from k_means_constrained import KMeansConstrained

    n_clusters, n_units = int(instance["K"]), len(instance["W"])
    even = n_units / n_clusters
    model = KMeansConstrained(
        n_clusters=n_clusters,
        size_min=math.ceil(0.95 * even) if even >= 20 else math.floor(even),
        size_max=math.floor(1.05 * even) if even >= 20 else math.ceil(even),
        n_init=1,  # its default of 10 restarts takes ten times as long and hardly shortens distances
        random_state=0,
    )
    labels: np.ndarray = model.fit_predict(plane_km(unit_vectors(instance["lon"], instance["lat"])))
    return labels


def run_metis(instance: dict[str, np.ndarray]) -> np.ndarray:
    import pymetis

    graph = adjacency(len(instance["W"]), instance["E"])
    weights = np.rint(1_000_000 * instance["W"][:, 0] / instance["W"][:, 0].sum()).astype(int)
    _, membership = pymetis.part_graph(
        int(instance["K"]),
        pymetis.CSRAdjacency(graph.starts, graph.neighbours),
        vweights=np.maximum(weights, 1).tolist(),
        options=pymetis.Options(contig=True, ufactor=50, seed=1),
    )
    return np.asarray(membership)


def run_recom(instance: dict[str, np.ndarray]) -> np.ndarray:
    from gerrychain import Graph, MarkovChain, Partition
    from gerrychain.partition import recursive_tree_part
    from gerrychain.proposals import recom
    from gerrychain.updaters import Tally
    from networkx import Graph as Network

    n_territories, n_units = int(instance["K"]), len(instance["W"])
    plane, weights = plane_km(unit_vectors(instance["lon"], instance["lat"])), instance["W"][:, 0]
    network = Network()
    network.add_nodes_from((i, {"weight": float(weights[i])}) for i in range(n_units))
    network.add_edges_from(instance["E"].tolist())
    target, draws = float(weights.sum()) / n_territories, random.Random(0)

    def labels_of(partition: Partition) -> np.ndarray:
        return np.array([partition.assignment[i] for i in range(n_units)])

    def mean_km(partition: Partition) -> float:
        labels = labels_of(partition)
        loads = np.bincount(labels, weights, n_territories)
        centres = np.column_stack([np.bincount(labels, weights * axis, n_territories) / loads for axis in plane.T])
        return float(weights @ np.linalg.norm(plane - centres[labels], axis=1) / weights.sum())

    def propose(partition: Partition, *, rng: random.Random) -> Partition:
        return recom(partition, "weight", target, _TOLERANCE, rng=rng)

    def is_no_longer(partition: Partition, *, rng: random.Random) -> bool:
        return partition.parent is None or mean_km(partition) <= mean_km(partition.parent)

    graph = Graph.from_networkx(network)
    parts = range(n_territories)
    first = recursive_tree_part(graph, parts, target, "weight", 0.8 * _TOLERANCE, rng=draws)
    start = Partition(graph, first, updaters={"weight": Tally("weight")})
    *_, last = MarkovChain(propose, [], is_no_longer, start, _RECOM_STEPS, rng=draws)
    return labels_of(last)
