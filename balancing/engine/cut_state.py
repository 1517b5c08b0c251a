"""What the search for fewest cut edges works on, as its kernels want it: flat arrays and a list of the cut edges."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import BoolArray, FloatArray, HashArray, IntArray, LongArray
from balancing.engine.graph import clean_edges
from balancing.engine.instance import Instance

NONE_YET = 2**62  # cut edges of the best plan while there is none


class CutTerrain(NamedTuple):
    """What a search never changes.

    edges       (E, 2) each adjacency once; edge_of names the edge behind each entry of neighbours
    unit_loads  (N, M) shares of each metric's total
    low, high   (K, M) loads that a territory may have; targets (K, M) is what violations are measured in
    forbidden   territories forbidden to unit i, from forbidden_starts[i] to forbidden_starts[i + 1]
    """

    starts: LongArray
    neighbours: IntArray
    edge_of: IntArray
    edges: LongArray
    unit_loads: FloatArray
    low: FloatArray
    high: FloatArray
    targets: FloatArray
    locked: BoolArray
    forbidden_starts: LongArray
    forbidden: IntArray

    @classmethod
    def of(cls, instance: Instance) -> CutTerrain:
        terrain = instance.terrain
        edges = clean_edges(instance.layout.edges)
        ends = np.concatenate((edges, edges[:, ::-1]))
        numbers = np.tile(np.arange(len(edges), dtype=np.int32), 2)
        shares = terrain.shares[:, None]
        return cls(
            starts=terrain.starts,
            neighbours=terrain.neighbours,
            edge_of=numbers[np.lexsort((ends[:, 1], ends[:, 0]))],
            edges=edges.astype(np.int64),
            unit_loads=terrain.unit_loads,
            low=terrain.low,
            high=terrain.high,
            targets=np.repeat(shares, terrain.low.shape[1], axis=1),
            locked=terrain.locked,
            forbidden_starts=terrain.forbidden_starts,
            forbidden=terrain.forbidden,
        )


class CutState(NamedTuple):
    """A plan under search, and of those without violation the one with fewest cut edges.

    broken      (K,) units in a territory that is forbidden to them
    violations  (K,) broken pairs plus loads outside their bands, in targets
    cut_edges   the first counters[0] of (E,); position of each edge in it, -1 = not cut
    counters    cut edges, territories with a violation, last stamp
    """

    labels: IntArray
    loads: FloatArray
    sizes: LongArray
    broken: LongArray
    violations: FloatArray
    cut_edges: IntArray
    position: IntArray
    counters: LongArray
    best_labels: IntArray
    best_cuts: LongArray
    random: HashArray

    @classmethod
    def empty(cls, terrain: CutTerrain, labels: IntArray, *, seed: int) -> CutState:
        """Only labels and seed are set; `fill_state` does the rest."""
        n_territories, n_metrics = terrain.low.shape
        return cls(
            labels=labels.astype(np.int32),
            loads=np.zeros((n_territories, n_metrics)),
            sizes=np.zeros(n_territories, dtype=np.int64),
            broken=np.zeros(n_territories, dtype=np.int64),
            violations=np.zeros(n_territories),
            cut_edges=np.zeros(len(terrain.edges), dtype=np.int32),
            position=np.zeros(len(terrain.edges), dtype=np.int32),
            counters=np.zeros(3, dtype=np.int64),
            best_labels=labels.astype(np.int32),
            best_cuts=np.array([NONE_YET], dtype=np.int64),
            random=np.array([seed % 2**64], dtype=np.uint64),
        )


class SplitTree(NamedTuple):
    """Room to work in, most of it for a spanning tree of two territories; queue holds its units from the root on.

    "Below" a unit means the unit and all that hangs on it.

    pool        the edges within the two territories
    in_tree     (E,) stamp of the last tree that an edge was in
    sums        (N, M) loads below
    tally       (N, 5) edges between what is below and the rest; below: units locked in the first territory,
                in the second; units forbidden in the first, in the second
    violations  (N,) when what is below goes to one territory and the rest to the other
    is_first    (N,) whether what is below then goes to the first
    """

    stamps: LongArray
    queue: IntArray
    roots: IntArray
    pool: IntArray
    in_tree: LongArray
    parent: IntArray
    depth: IntArray
    sums: FloatArray
    tally: IntArray
    violations: FloatArray
    is_first: BoolArray

    @classmethod
    def empty(cls, terrain: CutTerrain) -> SplitTree:
        n_units, n_metrics = terrain.unit_loads.shape
        return cls(
            stamps=np.zeros(n_units, dtype=np.int64),
            queue=np.zeros(n_units + 1, dtype=np.int32),
            roots=np.zeros(n_units, dtype=np.int32),
            pool=np.zeros(len(terrain.edges), dtype=np.int32),
            in_tree=np.zeros(len(terrain.edges), dtype=np.int64),
            parent=np.zeros(n_units, dtype=np.int32),
            depth=np.zeros(n_units, dtype=np.int32),
            sums=np.zeros((n_units, n_metrics)),
            tally=np.zeros((n_units, 5), dtype=np.int32),
            violations=np.zeros(n_units),
            is_first=np.zeros(n_units, dtype=np.bool_),
        )
