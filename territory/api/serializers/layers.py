from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from territory.api.fields import AreaField, BoundsField, IdField
from territory.layers.hexagons import RESOLUTION_MAX, RESOLUTION_MIN
from territory.layers.states import STATE_FIPS
from territory.models import UnitLayer, UnitLayerKind, UnitLayerState
from workspace.api.serializers import JobSerializer
from workspace.models import JobState


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Counties of one state",
            value={
                "id": 2, "name": "Counties GA", "kind": "counties", "year": 2017, "state": "ready", "n_units": 159,
                "bbox": [-85.6, 30.3, -80.8, 35.0], "job": None,
            },
        )
    ]
)  # fmt: skip
class UnitLayerSerializer(serializers.ModelSerializer[UnitLayer]):
    state = serializers.SerializerMethodField()
    bbox = BoundsField(read_only=True, allow_null=True)
    job = JobSerializer(read_only=True, allow_null=True)

    class Meta:
        model = UnitLayer
        fields = ["id", "name", "kind", "year", "state", "n_units", "bbox", "job"]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=UnitLayerState.choices))
    def get_state(self, layer: UnitLayer) -> str:
        """A layer whose job came to nothing has failed, however the job ended."""
        ended = layer.job is not None and layer.job.state in {JobState.FAILED, JobState.CANCELLED}
        return UnitLayerState.FAILED if ended and layer.state == UnitLayerState.BUILDING else layer.state


class CreateUnitLayerSerializer(serializers.Serializer[object]):
    """Counties: `states`, or all when left out. H3: `resolution`, and `area` or `bbox`. File: `boundary_file`.

    Of a file: `code_attribute`, or null for the number of the feature; `name_attribute`, or null for the code.
    """

    kind = serializers.ChoiceField(choices=UnitLayerKind.choices)
    name = serializers.CharField(max_length=200)
    states = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, max_length=len(STATE_FIPS)
    )
    resolution = serializers.IntegerField(min_value=RESOLUTION_MIN, max_value=RESOLUTION_MAX, required=False)
    area = AreaField(required=False)
    bbox = BoundsField(required=False)
    boundary_file = IdField(required=False)
    code_attribute = serializers.CharField(max_length=200, required=False, allow_null=True)
    name_attribute = serializers.CharField(max_length=200, required=False, allow_null=True)
    merge_equal_codes = serializers.BooleanField(required=False, help_text="Features with one code become one unit.")
    skip_problems = serializers.BooleanField(required=False, help_text="Leave out features that cannot be units.")


_ROW = {"type": "array", "items": {}}
# `fields` cannot be the name of a serializer's field, so the shape is written out.
UNITS_SCHEMA = {
    "type": "object",
    "description": "All units as rows, and who touches whom as [unit, unit, 1 where a barrier cuts].",
    "required": ["layer_id", "fields", "units", "edges"],
    "properties": {
        "layer_id": {"type": "integer"},
        "fields": {"type": "array", "items": {"type": "string"}, "examples": [["id", "code", "name"]]},
        "units": {"type": "array", "items": _ROW},
        "edges": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
    },
}
