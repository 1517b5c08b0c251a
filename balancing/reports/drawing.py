"""Maps and bars as SVG: sharp on paper, readable without colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from balancing.formulas.spread import ROUNDING

FloatArray = NDArray[np.float64]
LATITUDE_MAX = 85.0
MARGIN = 6.0
# Drawings carry their looks themselves: a style sheet of the page does not reach into them on paper.
GROUND = {
    "plain": 'fill="#f4f4f1" stroke="#222" stroke-width="0.7"',
    "over": 'fill="#b5544c" stroke="#222" stroke-width="0.7"',
    "under": 'fill="#e3cf9a" stroke="#222" stroke-width="0.7"',
    "own": 'fill="#dfe9e6" stroke="#222" stroke-width="1.4"',
    "beside": 'fill="#ffffff" stroke="#888" stroke-width="0.7"',
}
DOTS = 'fill="none" stroke="#1f566b" stroke-width="2.2" stroke-linecap="round"'
LABEL = 'font-family="DejaVu Sans, sans-serif" font-size="9" font-weight="700" text-anchor="middle"'
LETTER_WIDTH = 6.2
HALO = 'fill="#ffffff" stroke="#ffffff" stroke-width="2.4" stroke-linejoin="round"'
TICK = 'stroke="#999" stroke-width="0.6" stroke-dasharray="2 1.5"'
LINE = 'fill="none" stroke="#1f566b" stroke-width="1.5"'


@dataclass(frozen=True)
class Area:
    """label: short enough to stand on the map. style: a key of GROUND."""

    ground: BaseGeometry
    style: str
    label: str = ""


@dataclass(frozen=True)
class Projection:
    """Mercator (Snyder, Map Projections: A Working Manual, 1987), fitted into width × height."""

    west: float
    top: float
    scale: float
    left: float
    above: float

    @classmethod
    def fitting(cls, box: Sequence[float], width: float, height: float) -> "Projection":
        """box: west, south, east, north in degrees."""
        west, south, east, north = box
        bottom, top = _mercator_y(np.array([south, north], dtype=np.float64))
        wide, high = max(east - west, 1e-9), max(float(top - bottom), 1e-9)
        scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
        return cls(west, float(top), scale, (width - wide * scale) / 2, (height - high * scale) / 2)

    def places(self, lon_lat: FloatArray) -> FloatArray:
        """(N, 2) degrees → (N, 2) drawing units."""
        x = self.left + (lon_lat[:, 0] - self.west) * self.scale
        y = self.above + (self.top - _mercator_y(lon_lat[:, 1])) * self.scale
        return np.column_stack([x, y])


def _mercator_y(lat: FloatArray) -> FloatArray:
    angle = np.radians(np.clip(lat, -LATITUDE_MAX, LATITUDE_MAX))
    return np.asarray(np.degrees(np.log(np.tan(np.pi / 4 + angle / 2))))


def map_svg(
    areas: Sequence[Area],
    *,
    box: Sequence[float] | None = None,
    dots: FloatArray | None = None,
    width: int = 520,
    height: int = 380,
) -> str:
    """Areas in their order, dots (N, 2; degrees) over them, labels last; empty without any ground to show."""
    grounds = [area.ground for area in areas]
    bounds = box if box is not None else shapely.total_bounds(grounds) if grounds else None
    if bounds is None or not np.isfinite(bounds).all():
        return ""
    projection = Projection.fitting(bounds, width, height)
    parts = [f'<path {GROUND[area.style]} d="{_path(area.ground, projection)}"/>' for area in areas]
    if dots is not None and len(dots):
        parts.append(_dots(projection.places(dots)))
    parts += [_label(area, projection, width) for area in areas if area.label]
    return f'<svg viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'


def _path(ground: BaseGeometry, projection: Projection) -> str:
    polygons = [part for part in shapely.get_parts(ground) if part.geom_type == "Polygon"]
    rings = (ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors))
    return "".join(_ring(projection.places(shapely.get_coordinates(ring))) for ring in rings)


def _ring(places: FloatArray) -> str:
    """Corners closer than half a unit to the one before say nothing."""
    rounded = np.round(places, 1)
    steps = np.abs(np.diff(rounded, axis=0)).max(axis=1, initial=0.0)
    kept = rounded[np.concatenate([[True], steps >= 0.3])]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _dots(places: FloatArray) -> str:
    path = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
    return f'<path {DOTS} d="{path}"/>'


def _label(area: Area, projection: Projection, width: float) -> str:
    """In the middle of the area, but never over the drawing's edge."""
    point = shapely.get_coordinates(shapely.point_on_surface(area.ground))
    if not len(point):
        return ""
    ((x, y),) = projection.places(point)
    half = min(len(area.label) * LETTER_WIDTH, width) / 2
    x = min(max(x, half), width - half)
    where, text = f'x="{x:.1f}" y="{y + 3:.1f}"', escape(area.label)
    return f"<text {LABEL} {HALO} {where}>{text}</text><text {LABEL} {where}>{text}</text>"


def bar_svg(deviation: float | None, tolerance: float, *, most: float = 0.5) -> str:
    """A bar from the middle (on target) to the left or the right, with the band's edges as ticks."""
    if deviation is None:
        return ""
    width, height, middle = 120, 12, 60
    reach = middle - 2
    length = min(abs(deviation), most) / most * reach
    left = middle if deviation >= 0 else middle - length
    fill = "#888888" if abs(deviation) <= tolerance + ROUNDING else "#111111"
    edge = min(tolerance, most) / most * reach
    ticks = "".join(f'<path {TICK} d="M{middle + side * edge:.1f} 0V{height}"/>' for side in (-1, 1))
    bar = f'<rect fill="{fill}" x="{left:.1f}" y="3" width="{max(length, 0.8):.1f}" height="6"/>'
    axis = f'<path stroke="#111" stroke-width="0.8" d="M{middle} 0V{height}"/>'
    return f'<svg viewBox="0 0 {width} {height}">{bar}{ticks}{axis}</svg>'


def line_svg(values: Iterable[float], *, width: int = 240, height: int = 44) -> str:
    """How one figure went over time, oldest first; empty for less than two."""
    heights = np.array(list(values), dtype=np.float64)
    if len(heights) < 2:
        return ""
    low, high = float(heights.min()), float(heights.max())
    x = np.linspace(3, width - 3, len(heights))
    y = height - 4 - (heights - low) / max(high - low, 1e-9) * (height - 8)
    path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))
    end = f'<circle fill="#1f566b" cx="{x[-1]:.1f}" cy="{y[-1]:.1f}" r="2.5"/>'
    return f'<svg viewBox="0 0 {width} {height}"><path {LINE} d="{path}"/>{end}</svg>'
