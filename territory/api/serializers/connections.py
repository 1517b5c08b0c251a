from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from territory.connectors.registry import KINDS
from territory.models import Connection, Push, PushRow
from workspace.api.serializers import JobSerializer


class ConnectorFieldSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]


class ConnectorKindSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    url_example = serializers.CharField()
    credentials = ConnectorFieldSerializer(many=True)
    settings = ConnectorFieldSerializer(many=True)


class ConnectionSerializer(serializers.ModelSerializer[Connection]):
    """Credentials are never among the answers."""

    job = JobSerializer(read_only=True, allow_null=True)
    n_protected = serializers.SerializerMethodField()

    class Meta:
        model = Connection
        fields = [
            "id", "kind", "name", "base_url", "settings", "state", "signed_in_as", "last_error", "last_checked_at",
            "last_pulled_at", "n_protected", "created_at", "job",
        ]  # fmt: skip
        read_only_fields = fields

    def get_n_protected(self, connection: Connection) -> int:
        return len(connection.protected)


class CreateConnectionSerializer(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=[(kind.key, kind.label) for kind in KINDS])
    name = serializers.CharField(max_length=200)
    base_url = serializers.CharField(max_length=2000)
    credentials = serializers.DictField(child=serializers.CharField(allow_blank=True), write_only=True)
    settings = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False, default=dict)


class UpdateConnectionSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200)
    credentials = serializers.DictField(child=serializers.CharField(allow_blank=True), write_only=True)
    settings = serializers.DictField(child=serializers.CharField(allow_blank=True))


class ProtectAccountsSerializer(serializers.Serializer[object]):
    """Lines of "account id, last day" (CSV); they take the place of the list before."""

    text = serializers.CharField(allow_blank=True, max_length=5_000_000)


class PushSerializer(serializers.ModelSerializer[Push]):
    job = JobSerializer(read_only=True, allow_null=True)
    alignment_name = serializers.CharField(source="alignment.name", read_only=True)
    n_to_push = serializers.IntegerField(read_only=True)
    rows = serializers.SerializerMethodField()

    class Meta:
        model = Push
        fields = [
            "id", "connection", "alignment", "alignment_name", "revision", "state", "against", "n_accounts", "n_new",
            "n_changed", "n_unchanged", "n_unknown", "n_held", "n_without", "n_to_push", "rows", "error", "created_at",
            "finished_at", "job",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_rows(self, push: Push) -> Any:
        """How many rows there are of each state."""
        return self.context.get("rows", {}).get(push.pk, {})


class PlanPushSerializer(serializers.Serializer[object]):
    alignment = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class StartPushSerializer(serializers.Serializer[object]):
    confirmed = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class PushRowSerializer(serializers.ModelSerializer[PushRow]):
    class Meta:
        model = PushRow
        fields = [
            "id", "external_id", "name", "owner_before", "owner_after", "territory_before", "territory_after", "state",
            "words",
        ]  # fmt: skip
        read_only_fields = fields
