"""The tile grid as integers: a point's place at zoom 26, and its Morton code.

A map tile z/x/y holds exactly the cells in [code(x, y) << 2·(26 − z), (code(x, y) + 1) << 2·(26 − z)): one contiguous
range, so that tiles and boundaries are read by a plain B-tree.
Zoom 26 is 0.6 m at the equator. Source of the interleaving: G. M. Morton, IBM, 1966.
"""

import numpy as np
from numpy.typing import NDArray

ZOOM = 26
SIZE = 1 << ZOOM
LATITUDE_MAX = 85.05112877980659


def mercator(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Grid x (east) and y (south) at zoom 26 of WGS 84 degrees, clipped to the Web Mercator square."""
    sine = np.sin(np.radians(np.clip(lat, -LATITUDE_MAX, LATITUDE_MAX)))
    x = (np.asarray(lon) + 180.0) / 360.0 * SIZE
    y = (0.5 - np.arctanh(sine) / (2 * np.pi)) * SIZE
    return np.clip(x.astype(np.int64), 0, SIZE - 1), np.clip(y.astype(np.int64), 0, SIZE - 1)


def degrees(x: NDArray[np.int64], y: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of places on the grid: the inverse of `mercator`."""
    lon = np.asarray(x) / SIZE * 360.0 - 180.0
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * np.asarray(y) / SIZE))))
    return lon, lat


def morton(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """Interleave the bits of x (even places) and y (odd places)."""
    return _spread(x) | (_spread(y) << 1)


def _spread(value: NDArray[np.int64]) -> NDArray[np.int64]:
    value = np.asarray(value, dtype=np.int64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        value = (value | (value << shift)) & mask
    return value


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """The half-open range of cells inside one tile."""
    shift = 2 * (ZOOM - z)
    code = int(morton(np.array([x]), np.array([y]))[0])
    return code << shift, (code + 1) << shift
