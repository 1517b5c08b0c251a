from typing import Any

from django.contrib.gis.geos import Point
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class LonLatSerializer(serializers.Serializer[object]):
    """WGS 84 degrees."""

    lon = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)


@extend_schema_field(LonLatSerializer)
class PointField(serializers.Field[Point, Any, dict[str, float], Point]):
    """A point as {lon, lat}."""

    def to_internal_value(self, data: Any) -> Point:
        if not isinstance(data, dict):
            raise serializers.ValidationError("Must be {lon, lat}.")
        body = LonLatSerializer(data=data)
        body.is_valid(raise_exception=True)
        return Point(body.validated_data["lon"], body.validated_data["lat"], srid=4326)

    def to_representation(self, value: Point) -> dict[str, float]:
        return {"lon": value.x, "lat": value.y}
