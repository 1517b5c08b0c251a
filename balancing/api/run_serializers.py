"""The shapes of runs and moves, in requests, answers and the OpenAPI schema."""

from rest_framework import serializers

from balancing.api.run_settings_serializers import RunSettingsSerializer
from balancing.models import Move, Run
from balancing.services.run_settings import STARTS
from territory.api.fields import IdListField
from territory.models import Territory
from workspace.api.serializers import JobSerializer
from workspace.models import JobState

MOVES_MAX = 20_000


class RunMetricSerializer(serializers.Serializer):
    key = serializers.CharField()
    tolerance = serializers.FloatField()
    before_worst = serializers.FloatField(allow_null=True)
    after_worst = serializers.FloatField(allow_null=True)
    before_index = serializers.FloatField(allow_null=True)
    after_index = serializers.FloatField(allow_null=True)


class CertificateSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    metric = serializers.CharField(read_only=True, allow_null=True, default=None)
    smallest_tolerance = serializers.FloatField(
        allow_null=True, help_text="Least tolerance on this metric at which this reason vanishes"
    )


class MissedSerializer(serializers.Serializer):
    metric = serializers.CharField()
    detail = serializers.CharField()
    n_territories = serializers.IntegerField()
    worst = serializers.FloatField(help_text="Largest deviation from a target, with its sign")


class OutlookSerializer(serializers.Serializer):
    n_units = serializers.IntegerField()
    n_territories = serializers.IntegerField()
    certificates = CertificateSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class RunDisruptionSerializer(serializers.Serializer):
    accounts = serializers.FloatField()
    revenue = serializers.FloatField()
    workload = serializers.FloatField()


class CurvePointSerializer(serializers.Serializer):
    """A plan, and the settings that make it again with the run's own metrics and seed."""

    moved_fraction = serializers.FloatField(help_text="Share of accounts that change territory")
    n_moves = serializers.IntegerField()
    mean_km = serializers.FloatField()
    worst = serializers.DictField(child=serializers.FloatField(), help_text="Worst deviation by metric")
    is_feasible = serializers.BooleanField()
    is_proposal = serializers.BooleanField()
    was_stopped = serializers.BooleanField(help_text="Cut short: made again it may be another plan")
    max_moved_fraction = serializers.FloatField(allow_null=True)
    disruption_price = serializers.FloatField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), "from": serializers.ChoiceField(choices=STARTS)}


class RunResultSerializer(serializers.Serializer):
    is_feasible = serializers.BooleanField()
    status = serializers.CharField()
    mean_km = serializers.FloatField(allow_null=True)
    before_mean_km = serializers.FloatField(allow_null=True)
    missed_km = serializers.FloatField(
        read_only=True, default=0.0, help_text="What was missed is worth so many km of mean distance"
    )
    missed = MissedSerializer(
        many=True,
        read_only=True,
        default=list,
        help_text="Tolerances that may be missed and limits that may not, where the plan misses them",
    )
    bound_km = serializers.FloatField(allow_null=True)
    gap = serializers.FloatField(allow_null=True)
    bound_proves = serializers.CharField()
    seconds = serializers.FloatField()
    was_stopped = serializers.BooleanField()
    n_cut_borders = serializers.IntegerField(
        read_only=True, allow_null=True, default=None, help_text="Pairs of neighbouring units in different territories"
    )
    before_cut_borders = serializers.IntegerField(read_only=True, allow_null=True, default=None)
    n_pieces = serializers.IntegerField()
    extra_pieces = serializers.IntegerField()
    n_moves = serializers.IntegerField()
    n_accounts_moved = serializers.IntegerField()
    moved_fraction = serializers.FloatField()
    disruption = RunDisruptionSerializer()
    metrics = RunMetricSerializer(many=True)
    certificates = CertificateSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())
    plan_hash = serializers.CharField(
        read_only=True, default="", help_text="The same for the same plan of the same data"
    )
    n_moves_enough = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        default=None,
        help_text="After so many of its moves all that must be kept is kept",
    )
    curve = CurvePointSerializer(many=True, read_only=True, default=list)


class RunSerializer(serializers.ModelSerializer[Run]):
    state = serializers.ChoiceField(source="job.state", choices=JobState.choices, read_only=True)
    job = JobSerializer(read_only=True)
    settings = RunSettingsSerializer(read_only=True)
    base_changed = serializers.SerializerMethodField()
    n_base_changes = serializers.SerializerMethodField()
    accepted = serializers.SerializerMethodField()
    result = RunResultSerializer(read_only=True, allow_null=True)
    alignment_id = serializers.IntegerField(read_only=True)
    result_alignment_id = serializers.IntegerField(read_only=True, allow_null=True)
    member_name = serializers.CharField(source="member.user.name", read_only=True)

    class Meta:
        model = Run
        fields = [
            "id", "alignment_id", "base_revision", "base_changed", "n_base_changes", "settings", "seed",
            "engine_version", "data_hash", "state", "job", "result_alignment_id", "accepted", "result", "created_at",
            "member_name",
        ]  # fmt: skip

    def get_base_changed(self, run: Run) -> bool:
        return run.n_base_changes > 0

    def get_n_base_changes(self, run: Run) -> int:
        return run.n_base_changes

    def get_accepted(self, run: Run) -> bool:
        return run.accepted_at is not None


class BestPlanSerializer(serializers.Serializer):
    """Two lists of the same length; units that are not in them stay as they are."""

    number = serializers.IntegerField(help_text="Counts the plans that were shown of this run")
    unit_ids = serializers.ListField(child=serializers.IntegerField())
    territory_ids = serializers.ListField(child=serializers.IntegerField())
    worst = serializers.DictField(child=serializers.FloatField())
    mean_km = serializers.FloatField(allow_null=True)
    gap = serializers.FloatField(allow_null=True)
    seconds = serializers.FloatField()


class AcceptRunSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    positions = IdListField(
        max_length=MOVES_MAX,
        required=False,
        help_text="Keep only these moves, in a scenario of their own; everything when left out",
    )


class PickMovesSerializer(serializers.Serializer):
    positions = IdListField(max_length=MOVES_MAX, allow_empty=True)


class RemarkSerializer(serializers.Serializer):
    position = serializers.IntegerField()
    unit_id = serializers.IntegerField()
    unit_name = serializers.CharField()
    reason = serializers.CharField()


class MetricChangeSerializer(serializers.Serializer):
    key = serializers.CharField()
    tolerance = serializers.FloatField()
    before_worst = serializers.FloatField(allow_null=True)
    after_worst = serializers.FloatField(allow_null=True)


class MovesPreviewSerializer(serializers.Serializer):
    """What the moves would make of the alignment as it is now; those in `blocked` no longer fit and are left out."""

    n_moves = serializers.IntegerField()
    n_accounts = serializers.IntegerField(help_text="Accounts that change territory; named ones stay")
    metrics = MetricChangeSerializer(many=True)
    extra_pieces_before = serializers.IntegerField()
    extra_pieces = serializers.IntegerField(help_text="Connected pieces beyond one for each territory")
    is_connected = serializers.BooleanField(help_text="Whether no move leaves a piece behind")
    loose = RemarkSerializer(many=True)
    blocked = RemarkSerializer(many=True)


class MoveTerritorySerializer(serializers.ModelSerializer[Territory]):
    class Meta:
        model = Territory
        fields = ["id", "name", "colour"]


class MoveEffectSerializer(serializers.Serializer):
    metric = serializers.CharField()
    from_before = serializers.FloatField(allow_null=True)
    from_after = serializers.FloatField(allow_null=True)
    to_before = serializers.FloatField(allow_null=True)
    to_after = serializers.FloatField(allow_null=True)


class MoveSerializer(serializers.ModelSerializer[Move]):
    unit_id = serializers.IntegerField(read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    from_territory = MoveTerritorySerializer(read_only=True, allow_null=True)
    to_territory = MoveTerritorySerializer(read_only=True, allow_null=True)
    effect = MoveEffectSerializer(many=True, read_only=True)

    class Meta:
        model = Move
        fields = [
            "position", "unit_id", "unit_name", "n_accounts", "revenue_minor", "workload_h", "from_territory",
            "to_territory", "reason", "effect",
        ]  # fmt: skip
