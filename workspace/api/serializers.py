from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from workspace.models import Change, Job, Member, Role, Team


class TeamSerializer(serializers.ModelSerializer[Team]):
    class Meta:
        model = Team
        fields = ["id", "name", "kind"]
        extra_kwargs = {"kind": {"required": True}}


class MemberSerializer(serializers.ModelSerializer[Member]):
    email = serializers.EmailField(source="user.email", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = Member
        fields = ["id", "email", "name", "role"]


class JobSerializer(serializers.ModelSerializer[Job]):
    error = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = [
            "id", "kind", "state", "progress", "message", "detail", "result", "error", "attempt",
            "cancel_requested", "created_at", "started_at", "finished_at",
        ]  # fmt: skip

    def get_error(self, job: Job) -> str | None:
        return job.error or None


class EffectSerializer(serializers.Serializer[object]):
    """How many things a change touched."""

    n_units = serializers.IntegerField()
    n_territories = serializers.IntegerField()
    n_overrides = serializers.IntegerField()


class ChangeSerializer(serializers.ModelSerializer[Change]):
    effect = serializers.SerializerMethodField()
    member_name = serializers.CharField(source="member.user.name", read_only=True)
    member_id = serializers.IntegerField(read_only=True)
    undoes_id = serializers.IntegerField(read_only=True, allow_null=True)
    is_undone = serializers.BooleanField(read_only=True, default=False)

    class Meta:
        model = Change
        fields = [
            "id", "label", "operation", "member_id", "member_name", "created_at", "revision_before", "revision_after",
            "is_undone", "undoes_id", "effect",
        ]  # fmt: skip

    @extend_schema_field(EffectSerializer)
    def get_effect(self, change: Change) -> dict[str, int]:
        return {f"n_{part}": len(change.patch.get(part, ())) for part in ("units", "territories", "overrides")}


class SessionUserSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()


class SessionMemberSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.choices)


class SessionWorkspaceSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    currency = serializers.CharField()
    time_zone = serializers.CharField()
    default_tolerance = serializers.FloatField()


class MembershipSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class BasemapSerializer(serializers.Serializer[object]):
    url = serializers.CharField(allow_null=True)
    attribution = serializers.CharField()


class SessionSerializer(serializers.Serializer[object]):
    user = SessionUserSerializer(read_only=True)
    member = SessionMemberSerializer(read_only=True)
    workspace = SessionWorkspaceSerializer(read_only=True)
    workspaces = MembershipSerializer(many=True, read_only=True)
    basemap = BasemapSerializer(read_only=True)


class SwitchWorkspaceSerializer(serializers.Serializer[object]):
    workspace_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
