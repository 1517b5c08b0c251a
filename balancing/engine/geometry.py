"""Points on the sphere as unit vectors: right at the antimeridian and near the poles."""

import math

import numpy as np
from numba import njit

from balancing.engine.arrays import FloatArray, HashArray, IntArray

EARTH_RADIUS_KM = 6371.0088


def unit_vectors(longitudes: FloatArray, latitudes: FloatArray) -> FloatArray:
    """Unit vectors (N, 3) of points given in degrees."""
    longitude, latitude = np.radians(longitudes), np.radians(latitudes)
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


def degrees(point: FloatArray) -> tuple[float, float]:
    """Latitude and longitude of a unit vector (3,)."""
    x, y, z = (float(value) for value in point)
    return math.degrees(math.asin(min(1.0, max(-1.0, z)))), math.degrees(math.atan2(y, x))


def great_circle_km(points: FloatArray, others: FloatArray) -> FloatArray:
    """Great-circle distance in km between paired (broadcast) unit vectors."""
    chords = np.linalg.norm(points - others, axis=-1)
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chords / 2)))


def distance_matrix_km(points: FloatArray, centres: FloatArray) -> FloatArray:
    """Great-circle distances (N, K) in km."""
    return np.column_stack([great_circle_km(points, centre) for centre in centres])


def normalised(vectors: FloatArray) -> FloatArray:
    """Vectors scaled to length one; a zero vector becomes the first axis."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    safe = np.where(lengths > 1e-15, vectors / np.where(lengths > 1e-15, lengths, 1.0), [1.0, 0.0, 0.0])
    return np.ascontiguousarray(safe)


def weighted_centroids(points: FloatArray, weights: FloatArray, labels: IntArray, n_territories: int) -> FloatArray:
    """Weighted centroid (K, 3) of each territory; plain centroid where all its weights are zero."""
    sums, plain, totals = (np.zeros((n_territories, width)) for width in (3, 3, 1))
    add_points(points, weights, labels, sums, plain, totals)
    return normalised(np.where(totals > 0, sums, plain))


@njit(cache=True, nogil=True)
def add_points(
    points: FloatArray,
    weights: FloatArray,
    labels: IntArray,
    sums: FloatArray,
    plain: FloatArray,
    totals: FloatArray,
) -> None:
    """Add up weighted and plain points (K, 3) and weights (K, 1) of each territory; label -1 is left out."""
    for i in range(len(labels)):
        k = labels[i]
        if k < 0:
            continue
        totals[k, 0] += weights[i]
        for axis in range(3):
            sums[k, axis] += weights[i] * points[i, axis]
            plain[k, axis] += points[i, axis]


@njit(cache=True, nogil=True)
def travel_km(points: FloatArray, weights: FloatArray, labels: IntArray, centres: FloatArray) -> float:
    """Sum of weight x great-circle distance in km to the centre of each unit's territory."""
    total = 0.0
    for i in range(len(labels)):
        k = labels[i]
        dx = points[i, 0] - centres[k, 0]
        dy = points[i, 1] - centres[k, 1]
        dz = points[i, 2] - centres[k, 2]
        half_chord = 0.5 * math.sqrt(dx * dx + dy * dy + dz * dz)
        total += weights[i] * 2 * 6371.0088 * math.asin(min(1.0, half_chord))
    return total


def z_order(points: FloatArray) -> HashArray:
    """Key (N,) along a curve that keeps neighbours together: 20 bits of each axis, interleaved (Morton, 1966)."""
    code = np.zeros(len(points), dtype=np.uint64)
    grid = np.clip((points + 1) * 2**19, 0, 2**20 - 1).astype(np.uint64)
    for axis in range(3):
        bits = grid[:, axis]
        for shift, mask in _SPREAD:
            bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
        code |= bits << np.uint64(axis)
    return code


# Each step doubles the gaps between groups of bits, until two free bits follow every bit.
_SPREAD = (
    (32, 0x1F00000000FFFF),
    (16, 0x1F0000FF0000FF),
    (8, 0x100F00F00F00F00F),
    (4, 0x10C30C30C30C30C3),
    (2, 0x1249249249249249),
)


def plane_km(points: FloatArray) -> FloatArray:
    """Azimuthal equal-area projection (N, 2) in km around the middle of the points."""
    middle = normalised(points.mean(axis=0, keepdims=True))[0]
    east, north = _tangents(middle)
    scale = EARTH_RADIUS_KM * np.sqrt(2 / np.maximum(1e-9, 1 + points @ middle))
    return np.column_stack((scale * (points @ east), scale * (points @ north)))


def stereographic(points: FloatArray) -> FloatArray:
    """Stereographic projection (N, 2) in Earth radii around the middle of the points: circles stay circles.

    To the bit the same for a point in any row. Of points all round the globe, a middle far from whose antipode they
    are is taken; points within 9 km of that antipode are drawn nearer.
    """
    middle = _clear_middle(points)
    east, north = _tangents(middle)
    scale = 2 / np.maximum(1e-6, 1 + _along(points, middle))
    return np.column_stack((scale * _along(points, east), scale * _along(points, north)))


def _clear_middle(points: FloatArray) -> FloatArray:
    """Direction of the mean point, or where points lie opposite, of the best of some others."""
    # Sums of whole numbers do not depend on the order of the rows.
    sums = [float(np.rint(points[:, axis] * 2.0**30).astype(np.int64).sum()) for axis in range(3)]
    middle: FloatArray = normalised(np.array([sums]))[0]
    if len(points) == 0 or _along(points, middle).min() > -0.9:
        return middle
    corners = np.array([[x, y, z] for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if x or y or z])
    others = normalised(corners.astype(np.float64))
    clearest: FloatArray = max((middle, *others), key=lambda other: float(_along(points, other).min()))
    return clearest


def _along(points: FloatArray, direction: FloatArray) -> FloatArray:
    """Dot products (N,) that, unlike those of a matrix product, round alike in every row."""
    x, y, z = points[:, 0] * direction[0], points[:, 1] * direction[1], points[:, 2] * direction[2]
    return np.asarray(x + y + z)


def _tangents(middle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Two directions at right angles to each other and to the given one."""
    axis = np.eye(3)[int(np.argmin(np.abs(middle)))]
    east = np.cross(axis, middle)
    east /= np.linalg.norm(east)
    return east, np.cross(middle, east)
