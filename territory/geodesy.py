"""Areas on the ellipsoid, never in degrees."""

from pyproj import Geod
from shapely import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

WGS84 = Geod(ellps="WGS84")


def area_m2(area: MultiPolygon | Polygon) -> float:
    """Geodesic area; holes count as holes whichever way their rings run."""
    polygons = area.geoms if isinstance(area, MultiPolygon) else [area]
    return sum(abs(WGS84.geometry_area_perimeter(orient(polygon))[0]) for polygon in polygons)
