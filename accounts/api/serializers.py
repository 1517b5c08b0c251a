"""Accounts and reps over the API. The account views live where territories are known."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.api.fields import PointField
from accounts.importing.fields import EFFORT_MAX, HOURS_PER_YEAR, METRIC_MAX
from accounts.importing.parsing import MONEY_MAX_MINOR
from accounts.models import Account, Rep
from workspace.models import Member, Team

ACCOUNT_FIELDS = [
    "id", "external_id", "name", "street", "city", "region", "postal_code", "country", "phone", "segment", "crm_owner",
    "lon", "lat", "geocode_quality", "revenue_minor", "potential_minor", "pipeline_minor", "visits_per_year",
    "service_min_per_visit", "workload_h", "visits_done", "custom_metrics",
]  # fmt: skip
# In the database's 64 bits; a workspace's own ids are never that large.
ID_MAX = 2**63 - 1


class AccountSerializer(serializers.ModelSerializer[Account]):
    """Everything of an account but its territory, which depends on the alignment that is looked at."""

    lon = serializers.FloatField(source="location.x", default=None, read_only=True, allow_null=True)
    lat = serializers.FloatField(source="location.y", default=None, read_only=True, allow_null=True)
    workload_h = serializers.FloatField(read_only=True)
    custom_metrics = serializers.DictField(child=serializers.FloatField(), read_only=True)

    class Meta:
        model = Account
        fields = ACCOUNT_FIELDS
        read_only_fields = ACCOUNT_FIELDS


class AccountUpdateSerializer(serializers.ModelSerializer[Account]):
    """What may be changed by hand. `lon` and `lat` come together; null takes the account off the map."""

    lon = serializers.FloatField(min_value=-180, max_value=180, allow_null=True, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, allow_null=True, required=False)
    revenue_minor = serializers.IntegerField(min_value=0, max_value=MONEY_MAX_MINOR, required=False)
    potential_minor = serializers.IntegerField(min_value=0, max_value=MONEY_MAX_MINOR, required=False)
    pipeline_minor = serializers.IntegerField(min_value=0, max_value=MONEY_MAX_MINOR, required=False)
    visits_per_year = serializers.FloatField(min_value=0, max_value=EFFORT_MAX, required=False)
    service_min_per_visit = serializers.FloatField(min_value=0, max_value=EFFORT_MAX, required=False)
    visits_done = serializers.FloatField(min_value=0, max_value=EFFORT_MAX, allow_null=True, required=False)
    custom_metrics = serializers.DictField(
        child=serializers.FloatField(min_value=-METRIC_MAX, max_value=METRIC_MAX), required=False
    )

    class Meta:
        model = Account
        fields = [name for name in ACCOUNT_FIELDS if name not in {"id", "geocode_quality", "workload_h", "external_id"}]

    def validate(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Fields as `update_account` takes them: the place as one (lon, lat) pair."""
        given = [fields.pop(name, ...) for name in ("lon", "lat")]
        if given == [..., ...]:
            return fields
        lon, lat = given
        if lon is ... or lat is ... or (lon is None) != (lat is None):
            raise serializers.ValidationError({"lat": "lon and lat are given together, both numbers or both null."})
        return fields | {"location": None if lon is None else (lon, lat)}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A field rep",
            value={
                "id": 12, "external_id": "R-012", "name": "Dana Reyes", "email": "dana@example.com",
                "phone": "+1 404 555 0100", "team_id": 1, "home": {"lon": -84.39, "lat": 33.75}, "capacity_h": 1600,
                "field_share": 0.8, "is_active": True, "member_id": None,
            },
        )
    ]
)  # fmt: skip
class RepSerializer(serializers.ModelSerializer[Rep]):
    home = PointField(read_only=True, allow_null=True)
    team_id = serializers.IntegerField(read_only=True)
    member_id = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Rep
        fields = [
            "id", "external_id", "name", "email", "phone", "team_id", "home", "capacity_h", "field_share", "is_active",
            "member_id",
        ]  # fmt: skip
        read_only_fields = fields


class RepChangeSerializer(serializers.ModelSerializer[Rep]):
    """What may be written; the id, the name and the team are needed for a new rep."""

    home = PointField(allow_null=True, required=False)
    team_id = serializers.IntegerField(min_value=1, max_value=ID_MAX)
    member_id = serializers.IntegerField(min_value=1, max_value=ID_MAX, allow_null=True, required=False)
    capacity_h = serializers.FloatField(min_value=0, max_value=HOURS_PER_YEAR, required=False)
    field_share = serializers.FloatField(min_value=0, max_value=1, required=False)

    class Meta:
        model = Rep
        fields = [name for name in RepSerializer.Meta.fields if name != "id"]

    def validate_team_id(self, team_id: int) -> int:
        return self._in_workspace(Team, team_id, "team")

    def validate_member_id(self, member_id: int | None) -> int | None:
        return None if member_id is None else self._in_workspace(Member, member_id, "member")

    def _in_workspace(self, model: type[Team] | type[Member], pk: int, what: str) -> int:
        if not model.objects.visible_to(self.context["request"].member).filter(pk=pk).exists():
            raise serializers.ValidationError(f"There is no {what} {pk}.")
        return pk
