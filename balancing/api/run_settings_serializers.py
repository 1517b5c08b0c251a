"""What a run is asked for, as requests carry it and answers repeat it."""

from rest_framework import serializers

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
from territory.api.fields import IdField


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
    connected = serializers.BooleanField(
        default=True, help_text="Whether each territory hangs together; false, for books of accounts, only from scratch"
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
            connected=values["connected"],
            keep_together=values["keep_together"],
        )
