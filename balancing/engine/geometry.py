"""Points on the sphere as unit vectors: right at the antimeridian and near the poles."""

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray

EARTH_RADIUS_KM = 6371.0088


def unit_vectors(longitudes: FloatArray, latitudes: FloatArray) -> FloatArray:
    """Unit vectors (N, 3) of points given in degrees."""
    longitude, latitude = np.radians(longitudes), np.radians(latitudes)
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


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
    assigned = labels >= 0
    points, weights, labels = points[assigned], weights[assigned], labels[assigned]
    totals = np.bincount(labels, weights, minlength=n_territories)
    effective = np.where(totals[labels] > 0, weights, 1.0)
    sums = [np.bincount(labels, effective * points[:, axis], minlength=n_territories) for axis in range(3)]
    return normalised(np.column_stack(sums))


def plane_km(points: FloatArray) -> FloatArray:
    """Azimuthal equal-area projection (N, 2) in km around the middle of the points."""
    middle = normalised(points.mean(axis=0, keepdims=True))[0]
    axis = np.eye(3)[int(np.argmin(np.abs(middle)))]
    east = np.cross(axis, middle)
    east /= np.linalg.norm(east)
    north = np.cross(middle, east)
    scale = EARTH_RADIUS_KM * np.sqrt(2 / np.maximum(1e-9, 1 + points @ middle))
    return np.column_stack((scale * (points @ east), scale * (points @ north)))
