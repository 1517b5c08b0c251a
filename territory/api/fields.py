from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from shapely import MultiPolygon

from territory.geometry import parse_area

ID_MAX = 2**63 - 1


class IdField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=ID_MAX, **options)


@extend_schema_field({"type": "array", "items": {"type": "integer", "minimum": 1}})
class IdListField(serializers.Field):
    """Many ids, checked in one go: thousands of units are painted at a time."""

    default_error_messages = {
        "not_a_list": "Expected a list of ids.",
        "not_an_id": "Ids are whole numbers from 1; number {position} of the list is not.",
        "empty": "The list is empty.",
        "too_long": "The list has {count} ids, at most {bound} are accepted.",
    }

    def __init__(self, *, max_length: int, allow_empty: bool = False, **options: Any) -> None:
        self.max_length, self.allow_empty = max_length, allow_empty
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> list[int]:
        if not isinstance(data, list):
            self.fail("not_a_list")
        if not data and not self.allow_empty:
            self.fail("empty")
        if len(data) > self.max_length:
            self.fail("too_long", count=len(data), bound=self.max_length)
        for position, value in enumerate(data, start=1):
            if type(value) is not int or not 1 <= value <= ID_MAX:
                self.fail("not_an_id", position=position)
        return data

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(
    {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"type": "string", "enum": ["Polygon", "MultiPolygon"]},
            "coordinates": {"type": "array", "items": {}, "description": "GeoJSON, longitude before latitude"},
        },
    },
    component_name="AreaGeometry",
)
class AreaField(serializers.Field):
    """A GeoJSON Polygon or MultiPolygon, as a checked MultiPolygon."""

    def to_internal_value(self, data: Any) -> MultiPolygon:
        return parse_area(data, field=self.field_name or "area")

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4})
class BoundsField(serializers.ListField):
    """[west, south, east, north] in degrees."""

    child = serializers.FloatField(min_value=-180, max_value=180)

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=4, max_length=4, **options)


def literal(value: str) -> type[serializers.Field]:
    """A field that holds this word and no other."""

    @extend_schema_field({"type": "string", "const": value})
    class Literal(serializers.Field):
        def to_internal_value(self, data: Any) -> str:
            return value

        def to_representation(self, data: Any) -> str:
            return value

    return Literal
