"""Files found in the wild: each ends in a right import or in a clear refusal. The table says which."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.territory.boundary_files import look
from workspace.exceptions import DomainError

OTHER_FORMAT = "must be GeoJSON, TopoJSON, zipped Shapefile, KML, KMZ, GeoPackage or FlatGeobuf"
# File, or archive of files/member: how many areas and features with problems are found, or words of the refusal.
OUTCOMES: dict[str, tuple[int, int] | str] = {
    "districtr_antimeridian_geos.geojson": (2, 0),
    "shp_badzip.zip": "is called a ZIP archive but is none",
    "shp_codepage.zip": "is a Point, not an area",
    "shp_empty-shp.zip": (2, 0),
    "shp_no-dbf.zip": "is a Shapefile without .dbf, so without any attribute; it holds .shp",
    "shp_noshp.zip": "is a ZIP archive without a .shp",
    "shp_pyshp_latin1_and_corrupt.zip": "cannot be read: Error parsing .shp to restore .shx",
    "shp_senate.zip": (39, 1),
    "shp_train_stations.zip": "is a Point, not an area",
    "fiona_geojson_gml_gpx.zip/!test.geojson": (1, 0),
    "fiona_geojson_gml_gpx.zip/example.topojson": (1, 2),
    "fiona_geojson_gml_gpx.zip/grenada.geojson": (1, 0),
    "fiona_geojson_gml_gpx.zip/issue627.geojson": (3, 0),
    "fiona_geojson_gml_gpx.zip/multicurve.gml": OTHER_FORMAT,
    "fiona_geojson_gml_gpx.zip/rmnp.geojson": (1, 0),
    "fiona_geojson_gml_gpx.zip/test_gpx.gpx": OTHER_FORMAT,
    "fiona_geojson_gml_gpx.zip/test_tz.geojson": "(is Point)",
    "fiona_geojson_gml_gpx.zip/trio.geojson": (1, 2),
    "fiona_geojson_gml_gpx.zip/trio.seq": OTHER_FORMAT,
    "geojson_bad_geojsonhint.zip/bad-featurelist.geojson": "a ring needs at least 4 positions",
    "geojson_bad_geojsonhint.zip/bad-json.geojson": "is not valid JSON: Expecting ',' delimiter",
    "geojson_bad_geojsonhint.zip/bad-polygon-interiorring-rhr.geojson": (1, 0),
    "geojson_bad_geojsonhint.zip/bad-polygonloop.geojson": "a ring needs at least 4 positions (is 2)",
    "geojson_bad_geojsonhint.zip/badcoord.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/badcoordtype.geojson": "a ring needs at least 4 positions (is 1)",
    "geojson_bad_geojsonhint.zip/badfeatureid.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/bbox-4or6elements.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/bbox-string.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/different-first-last.geojson": "the ring is not closed",
    "geojson_bad_geojsonhint.zip/excessive_precision_truncated.geojson": "(is LineString)",
    "geojson_bad_geojsonhint.zip/expected_object.geojson": "has no geometry",
    "geojson_bad_geojsonhint.zip/feature_changed_semantics.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/featurecollection-type-case.geojson": "has a type that GeoJSON does not know",
    "geojson_bad_geojsonhint.zip/featurecollection.geojson": "is a FeatureCollection without a list of features",
    "geojson_bad_geojsonhint.zip/featurecollection_changed_semantics.geojson": (1, 2),
    "geojson_bad_geojsonhint.zip/geometrycollection_nested.geojson": "(is GeometryCollection)",
    "geojson_bad_geojsonhint.zip/geometrycollection_single.geojson": "(is GeometryCollection)",
    "geojson_bad_geojsonhint.zip/multipoint-multidimension.geojson": "(is MultiPoint)",
    "geojson_bad_geojsonhint.zip/multipoint-nondimension.geojson": "(is MultiPoint)",
    "geojson_bad_geojsonhint.zip/notype.geojson": "has a type that GeoJSON does not know",
    "geojson_bad_geojsonhint.zip/point-string.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/point-toofew.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/point.geojson": "(is Point)",
    "geojson_bad_geojsonhint.zip/polygon_winding_order.geojson": (1, 0),
    "geojson_bad_geojsonhint.zip/rootstring.geojson": "is JSON but no GeoJSON: the outermost value must be an object",
    "geojson_bad_geojsonhint.zip/short-linearring.geojson": "a ring needs at least 4 positions (is 3)",
    "geojson_bad_geojsonhint.zip/short-multilinestring.geojson": "(is MultiLineString)",
    "geojson_bad_geojsonhint.zip/unknowntype.geojson": "has a type that GeoJSON does not know",
    "kml_gpx_togeojson.zip/Friday-Evening-Run.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/bad.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/bad.tcx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/cdata.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/empty_ele.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/empty_trk.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/garmin_extensions.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/gdal.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/ground_overlay.kml": "is KML without placemarks; links to other files are not followed",
    "kml_gpx_togeojson.zip/ground_overlay_quad.kml": "is KML without placemarks; links to other files are not followed",
    "kml_gpx_togeojson.zip/gxmultitrack.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/gxtrack.kml": "is a Track, not an area",
    "kml_gpx_togeojson.zip/inline_style.kml": "is a LineString, not an area",
    "kml_gpx_togeojson.zip/missing_hr.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/multigeometry.kml": "mixes areas with LineString",
    "kml_gpx_togeojson.zip/multigeometry_sibling.kml": "has no polygon",
    "kml_gpx_togeojson.zip/multitrack.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/multitrackgpx.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/networklink.kml": "is KML without placemarks; links to other files are not followed",
    "kml_gpx_togeojson.zip/nogeomplacemark.kml": "has no geometry",
    "kml_gpx_togeojson.zip/non_gx_multitrack.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/noname.kml": "is a LineString, not an area",
    "kml_gpx_togeojson.zip/north_core.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/point.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/point_extra_coordinates.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/point_id.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/polygon.kml": (1, 0),
    "kml_gpx_togeojson.zip/run_gpxtpx.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/sample.tcx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/strava.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/style.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/style.kml": "is a Point, not an area",
    "kml_gpx_togeojson.zip/style_url.kml": (1, 0),
    "kml_gpx_togeojson.zip/tcx-courses.tcx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/trek.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/trek_no_rtept.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/unique_trkpt.gpx": OTHER_FORMAT,
    "kml_gpx_togeojson.zip/zero_elevation.gpx": OTHER_FORMAT,
    "pyogrio_gpkg_geoparquet_fixtures.zip/curve.gpkg": "is a LineString, not an area",
    "pyogrio_gpkg_geoparquet_fixtures.zip/curvepolygon.gpkg": (1, 0),
    "pyogrio_gpkg_geoparquet_fixtures.zip/line_zm.gpkg": "is a LineString, not an area",
    "pyogrio_gpkg_geoparquet_fixtures.zip/multisurface.gpkg": (1, 0),
    "pyogrio_gpkg_geoparquet_fixtures.zip/test_gpkg_nulls.gpkg": "is a Point, not an area",
}
COLLECTIONS = sorted({key.partition("/")[0] for key in OUTCOMES if "/" in key})
# Members that nobody would take for boundaries: expected results, descriptions, tables.
NO_BOUNDARIES = (".result-object", ".txt", ".md", ".xsd", ".parquet", ".pbf")


@pytest.mark.shared_data
@pytest.mark.parametrize("key", OUTCOMES)
def test_every_messy_file_ends_as_the_table_says(key: str, shared_data: Path) -> None:
    archive, _, member = key.partition("/")
    content = (shared_data / "messy" / archive).read_bytes()
    if member:
        content = ZipFile(io.BytesIO(content)).read(member)
    outcome = OUTCOMES[key]
    if isinstance(outcome, tuple):
        found = look(content, member or archive)
        assert (found["n_areas"], found["n_problems"]) == outcome
        return
    with pytest.raises(DomainError) as refused:
        look(content, member or archive)
    assert outcome in refused.value.detail


@pytest.mark.shared_data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_messy_file_is_missing_from_the_table(collection: str, shared_data: Path) -> None:
    names = ZipFile(shared_data / "messy" / collection).namelist()
    wanted = {f"{collection}/{name}" for name in names if not name.endswith((*NO_BOUNDARIES, "/"))}
    assert {key for key in OUTCOMES if key.startswith(f"{collection}/")} == wanted
