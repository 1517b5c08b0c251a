from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from shapely.geometry import mapping

from balancing.models.travel import TerritoryTravel, TravelBase, TravelEngineName, TravelMeasurement
from balancing.services.travel import Travel
from balancing.travel.isochrones import Isochrone
from territory.api.fields import AreaField, literal
from workspace.api.serializers import JobSerializer

MINUTES_MAX = 240


class RequestTravelSerializer(serializers.Serializer):
    engine = serializers.ChoiceField(
        choices=TravelEngineName.choices, allow_null=True, default=None, help_text="the best there is when left out"
    )
    limit_min = serializers.FloatField(
        min_value=1, max_value=24 * 60, default=60, help_text="accounts farther than this are counted"
    )


class TravelEngineSerializer(serializers.Serializer):
    name = serializers.ChoiceField(choices=TravelEngineName.choices)
    label = serializers.SerializerMethodField()
    version = serializers.CharField()
    data_date = serializers.CharField()

    def get_label(self, engine: Any) -> str:
        return str(TravelEngineName(engine.name).label)


class TerritoryTravelSerializer(serializers.ModelSerializer):
    class Meta:
        model = TerritoryTravel
        fields = [
            "territory_id", "base", "n_accounts", "n_beyond", "mean_min", "p90_min", "max_min", "travel_h",
            "travel_km", "estimate_h", "estimate_km", "n_fallback", "fallback_reason",
        ]  # fmt: skip
        read_only_fields = fields


class TravelMeasurementSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="member.user.name", read_only=True)
    engine_label = serializers.CharField(source="get_engine_display", read_only=True)
    job = JobSerializer(read_only=True, allow_null=True)
    territories = TerritoryTravelSerializer(many=True, read_only=True)

    class Meta:
        model = TravelMeasurement
        fields = [
            "id", "alignment_id", "engine", "engine_label", "engine_version", "data_date", "limit_min", "revision",
            "by", "job", "created_at", "measured_at", "territories",
        ]  # fmt: skip
        read_only_fields = fields


class TravelSerializer(serializers.Serializer):
    alignment_id = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="the alignment's own, now")
    engines = TravelEngineSerializer(many=True, help_text="what can measure it, the best first")
    measurement = TravelMeasurementSerializer(allow_null=True)
    is_current = serializers.BooleanField(help_text="nothing that drives depend on was written since")
    job = serializers.SerializerMethodField()
    formula_url = serializers.SerializerMethodField()

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, travel: Travel) -> Any:
        """The job of the measurement that was asked for last."""
        asked = travel.asked
        return JobSerializer(asked.job).data if asked is not None and asked.job is not None else None

    def get_formula_url(self, travel: Travel) -> str:
        return "/docs/metrics/#road-travel"


class IsochroneMinutesSerializer(serializers.Serializer):
    minutes = serializers.CharField(default="10,20,30,60", help_text="1 to 6 numbers up to 240, comma-separated")

    def validate_minutes(self, text: str) -> list[float]:
        try:
            minutes = sorted({float(word) for word in text.split(",")})
        except ValueError:
            raise serializers.ValidationError("Numbers of minutes, separated by commas.") from None
        if not 1 <= len(minutes) <= 6 or not all(1 <= value <= MINUTES_MAX for value in minutes):
            raise serializers.ValidationError(f"1 to 6 numbers from 1 to {MINUTES_MAX}.")
        return minutes


class IsochronePropertiesSerializer(serializers.Serializer):
    minutes = serializers.FloatField()
    cell_km = serializers.FloatField(help_text="how coarsely it is drawn; 0 for a circle")


class IsochroneFeatureSerializer(serializers.Serializer):
    type = literal("Feature")(default="Feature")
    properties = IsochronePropertiesSerializer(source="*")
    geometry = serializers.SerializerMethodField()

    @extend_schema_field(AreaField)
    def get_geometry(self, isochrone: Isochrone) -> dict[str, Any]:
        return mapping(isochrone.area)


class IsochronesSerializer(serializers.Serializer):
    """A GeoJSON FeatureCollection, the smallest area first, with how it was made."""

    type = literal("FeatureCollection")(default="FeatureCollection")
    base = serializers.ChoiceField(choices=TravelBase.choices)
    lon = serializers.FloatField()
    lat = serializers.FloatField()
    engine = serializers.ChoiceField(choices=TravelEngineName.choices)
    engine_version = serializers.CharField()
    data_date = serializers.CharField()
    note = serializers.CharField()
    features = IsochroneFeatureSerializer(many=True, source="isochrones")
