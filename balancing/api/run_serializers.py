"""The shapes of runs and moves, in requests, answers and the OpenAPI schema."""

from rest_framework import serializers

from balancing.models import Move, Run
from balancing.problems.aims import BALANCED_KEYS, Aim, Limit, RunSettings
from balancing.problems.groups import ATTRIBUTES
from balancing.services.limit_settings import HEADROOM_MAX, LIMITS_MAX
from balancing.services.run_settings import (
    MISS_PRICE_MAX_KM,
    OBJECTIVES,
    PRICE_MAX,
    SEED_MAX,
    STARTS,
    TOLERANCE_MAX,
    TOLERANCE_MIN,
)
from territory.api.fields import IdField, IdListField
from territory.models import Territory
from workspace.api.serializers import JobSerializer
from workspace.models import JobState

MOVES_MAX = 20_000


class AimSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=40, help_text=f"One of {', '.join(BALANCED_KEYS)}")
    tolerance = serializers.FloatField(min_value=TOLERANCE_MIN, max_value=TOLERANCE_MAX)
    is_primary = serializers.BooleanField(default=False)
    miss_price_km = serializers.FloatField(
        min_value=0,
        max_value=MISS_PRICE_MAX_KM,
        allow_null=True,
        default=None,
        help_text="km of mean distance that 1 % of the metric out of tolerance is worth; null = it must be kept",
    )


class LimitSerializer(serializers.Serializer):
    """What territories must and may have, in the metric's own unit; money in minor units."""

    key = serializers.CharField(max_length=40, help_text=f"One of {', '.join(BALANCED_KEYS)}")
    territory_id = IdField(
        allow_null=True, default=None, help_text="null = every territory without a limit of its own on this side"
    )
    least = serializers.FloatField(min_value=0, allow_null=True, default=None)
    most = serializers.FloatField(min_value=0, allow_null=True, default=None)


class RunSettingsSerializer(serializers.Serializer):
    metrics = AimSerializer(many=True, allow_empty=False)
    max_moved_fraction = serializers.FloatField(min_value=0, max_value=1, allow_null=True, default=None)
    keep_overrides = serializers.BooleanField(default=True)
    use_homes = serializers.BooleanField(default=False)
    max_distance_km = serializers.FloatField(
        allow_null=True, default=None, help_text="Farthest a unit may lie from its rep's home; needs use_homes"
    )
    seed = serializers.IntegerField(min_value=0, max_value=SEED_MAX, default=0)
    disruption_price = serializers.FloatField(
        min_value=0,
        max_value=PRICE_MAX,
        allow_null=True,
        default=None,
        help_text="How dear it is to change hands, in multiples of today's mean distance; null = 1",
    )
    with_curve = serializers.BooleanField(
        default=False, help_text="Also make up to eight plans between today's and a clean sheet; only from current"
    )
    limits = LimitSerializer(many=True, default=list, max_length=LIMITS_MAX)
    headroom = serializers.FloatField(
        min_value=0, max_value=HEADROOM_MAX, default=0.0, help_text="Part of every most that is kept free"
    )
    objective = serializers.ChoiceField(
        choices=OBJECTIVES, default=OBJECTIVES[0], help_text="What to keep short; borders only from scratch"
    )
    keep_together = serializers.ChoiceField(
        choices=[(attribute.key, attribute.label) for attribute in ATTRIBUTES],
        allow_null=True,
        default=None,
        help_text="Units that share this stay in one territory",
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a keyword of Python.
        return {**super().get_fields(), "from": serializers.ChoiceField(choices=STARTS, default=STARTS[0])}


class NewRunSerializer(RunSettingsSerializer):
    alignment_id = IdField()

    def settings(self) -> RunSettings:
        values = self.validated_data
        return RunSettings(
            aims=tuple(Aim(**aim) for aim in values["metrics"]),
            seed=values["seed"],
            max_moved_fraction=values["max_moved_fraction"],
            keep_overrides=values["keep_overrides"],
            use_homes=values["use_homes"],
            max_distance_km=values["max_distance_km"],
            start=values["from"],
            disruption_price=values["disruption_price"],
            with_curve=values["with_curve"],
            limits=tuple(Limit(**limit) for limit in values["limits"]),
            headroom=values["headroom"],
            objective=values["objective"],
            keep_together=values["keep_together"],
        )


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
        many=True, read_only=True, default=list, help_text="Tolerances that may be missed, where the plan misses them"
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
