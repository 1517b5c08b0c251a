"""Where GeoDjango finds GDAL and GEOS: inside the pyogrio and shapely wheels, the system's as fallback."""

import os
from importlib.util import find_spec
from pathlib import Path

# GDAL chooses a driver by content, not by file name: drivers that read other files or call hosts are never loaded.
os.environ.setdefault(
    "GDAL_SKIP", "OGR_VRT,VRT,GDALG,WFS,OAPIF,HTTP,GML,GMLAS,CSW,PLSCENES,NGW,AmigoCloud,Carto,Elastic,WMS,WCS"
)


def bundled_library(package: str, pattern: str) -> str | None:
    """Path of a shared library shipped beside an installed package, or None for the system's search path."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    return next((str(found) for found in sorted(folder.glob(pattern))), None)
