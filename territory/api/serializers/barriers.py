from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from shapely import MultiLineString, MultiPolygon

from territory.api.fields import literal
from territory.geometry import parse_barrier, parse_places
from territory.models import BarrierKind

COST_MAX_KM = 10_000
VERTICES_MAX = 20_000
BRIDGES_MAX = 200
_PLACE = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
_EXAMPLE = {
    "name": "Flint River", "kind": "river", "is_hard": True, "cost_km": 0.0, "bridges": [[-84.02, 31.71]],
}  # fmt: skip
_LINE = {"type": "MultiLineString", "coordinates": [[[-84.1, 31.2], [-84.0, 32.1]]]}


@extend_schema_field(
    {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"type": "string", "enum": ["LineString", "MultiLineString", "Polygon", "MultiPolygon"]},
            "coordinates": {"type": "array", "items": {}, "description": "GeoJSON, longitude before latitude"},
        },
    },
    component_name="BarrierGeometry",
)
class BarrierGeometryField(serializers.Field):
    """GeoJSON lines or areas, as a checked MultiLineString or MultiPolygon."""

    def to_internal_value(self, data: Any) -> MultiLineString | MultiPolygon:
        return parse_barrier(data, vertices_max=VERTICES_MAX)

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "array", "items": _PLACE, "maxItems": BRIDGES_MAX})
class BridgesField(serializers.Field):
    """Places where one may pass, as [longitude, latitude]."""

    def to_internal_value(self, data: Any) -> list[list[float]]:
        return parse_places(data, field="bridges", most=BRIDGES_MAX)

    def to_representation(self, value: Any) -> Any:
        return value


class BarrierShapeSerializer(serializers.Serializer[object]):
    geometry = BarrierGeometryField(source="shape")
    bridges = BridgesField(default=list)


class CreateBarrierSerializer(BarrierShapeSerializer):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=BarrierKind.choices)
    is_hard = serializers.BooleanField(default=True)
    cost_km = serializers.FloatField(
        min_value=0, max_value=COST_MAX_KM, default=0, help_text="What each crossing of a soft barrier is worth, in km"
    )


class ChangeBarrierSerializer(CreateBarrierSerializer):
    """Any of a barrier's fields; what is not sent stays as it is."""

    is_hard = serializers.BooleanField(required=False)
    cost_km = serializers.FloatField(min_value=0, max_value=COST_MAX_KM, required=False)
    bridges = BridgesField(required=False)


class BarrierPropertiesSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=BarrierKind.choices)
    is_hard = serializers.BooleanField()
    cost_km = serializers.FloatField()
    bridges = BridgesField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A river with a bridge",
            value={"type": "Feature", "id": 4, "properties": _EXAMPLE, "geometry": _LINE},
        )
    ]
)
class BarrierFeatureSerializer(serializers.Serializer[object]):
    type = literal("Feature")()
    id = serializers.IntegerField()
    properties = BarrierPropertiesSerializer()
    geometry = BarrierGeometryField()


class BarrierCollectionSerializer(serializers.Serializer[object]):
    type = literal("FeatureCollection")()
    features = BarrierFeatureSerializer(many=True)


class PartedSerializer(serializers.Serializer[object]):
    layer_id = serializers.IntegerField()
    name = serializers.CharField()
    n_parted = serializers.IntegerField(help_text="Pairs of touching units that would be parted")
