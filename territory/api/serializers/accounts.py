from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import ACCOUNT_FIELDS, AccountSerializer
from accounts.models import Account


class AccountTerritorySerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    colour = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An account in an alignment",
            value={
                "id": 501, "external_id": "00123", "name": "Peachtree Supply", "street": "12 Main St",
                "city": "Atlanta", "region": "GA", "postal_code": "30303", "country": "US", "phone": "+1 404 555 0123",
                "segment": "A", "crm_owner": "R-012", "lon": -84.39, "lat": 33.75, "geocode_quality": "given",
                "revenue_minor": 1250000, "potential_minor": 2000000, "pipeline_minor": 150000, "visits_per_year": 12.0,
                "service_min_per_visit": 45.0, "workload_h": 9.0, "custom_metrics": {},
                "territory": {"id": 31, "name": "Atlanta North", "colour": "#3b82c4"}, "distance_km": None,
            },
        )
    ]
)  # fmt: skip
class AccountInAlignmentSerializer(AccountSerializer):
    """An account with its territory in the alignment that is looked at, and its distance from `near`."""

    territory = AccountTerritorySerializer(read_only=True, allow_null=True, default=None)
    distance_km = serializers.FloatField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Account
        fields = [*ACCOUNT_FIELDS, "territory", "distance_km"]
        read_only_fields = fields
