from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from territory.api.fields import AreaField, BoundsField


class TotalsSerializer(serializers.Serializer[object]):
    accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    potential_minor = serializers.IntegerField()
    pipeline_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()
    travel_h = serializers.FloatField()
    travel_km = serializers.FloatField()


class TerritoryRepSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    capacity_h = serializers.FloatField()


class PlaceSerializer(serializers.Serializer[object]):
    lon = serializers.FloatField()
    lat = serializers.FloatField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A territory with its totals",
            value={
                "id": 31, "alignment_id": 7, "code": "T004", "name": "Atlanta North", "colour": "#3b82c4",
                "rep": {"id": 12, "name": "Dana Reyes", "capacity_h": 1600.0}, "target_share": None,
                "is_locked": False, "position": 3, "region": "South / Georgia", "area_km2": 5120.4,
                "totals": {
                    "accounts": 512, "revenue_minor": 912300000, "potential_minor": 1450000000,
                    "pipeline_minor": 120000000, "workload_h": 1210.5, "travel_h": 310.2, "travel_km": 21714.0,
                },
                "label": {"lon": -84.3, "lat": 34.1}, "bbox": [-84.9, 33.8, -83.9, 34.6],
            },
        )
    ]
)  # fmt: skip
class TerritorySerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    alignment_id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    colour = serializers.CharField()
    rep = TerritoryRepSerializer(allow_null=True)
    target_share = serializers.FloatField(allow_null=True)
    is_locked = serializers.BooleanField()
    position = serializers.IntegerField()
    region = serializers.CharField(help_text="Its place in the region tree, from the top down: South / Georgia")
    area_km2 = serializers.FloatField()
    totals = TotalsSerializer()
    label = PlaceSerializer(allow_null=True)
    bbox = BoundsField(allow_null=True)


class BoundaryPropertiesSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    colour = serializers.CharField()
    rep_name = serializers.CharField(allow_null=True)
    is_locked = serializers.BooleanField()
    label_lon = serializers.FloatField()
    label_lat = serializers.FloatField()


class BoundaryFeatureSerializer(serializers.Serializer[object]):
    type = serializers.CharField(default="Feature")
    id = serializers.IntegerField()
    properties = BoundaryPropertiesSerializer()
    geometry = AreaField()


class BoundariesSerializer(serializers.Serializer[object]):
    type = serializers.CharField(default="FeatureCollection")
    features = BoundaryFeatureSerializer(many=True)


class SelectionRequestSerializer(serializers.Serializer[object]):
    area = AreaField()


class SelectionPartSerializer(serializers.Serializer[object]):
    territory_id = serializers.IntegerField(allow_null=True)
    n_accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()


class SelectionSerializer(serializers.Serializer[object]):
    n_accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    potential_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()
    by_territory = SelectionPartSerializer(many=True)
    account_ids = serializers.ListField(child=serializers.IntegerField())
    is_truncated = serializers.BooleanField()


class MyTerritorySerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    colour = serializers.CharField()
    alignment_id = serializers.IntegerField()
    alignment_name = serializers.CharField()
    team_name = serializers.CharField()
    effective_date = serializers.DateField(allow_null=True)
    totals = TotalsSerializer()
    capacity_h = serializers.FloatField()
    boundary = AreaField(allow_null=True)
    bbox = BoundsField(allow_null=True)


class MyTerritoriesSerializer(serializers.Serializer[object]):
    territories = MyTerritorySerializer(many=True)
    as_of = serializers.DateTimeField()
