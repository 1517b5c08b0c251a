"""The shapes of reviews and their schedules, for answers and for the OpenAPI schema."""

from typing import Any

from rest_framework import serializers

from balancing.models import AlarmMail, Review, ReviewSchedule
from balancing.models.review import Every
from balancing.scorecard.balance import KEYS
from territory.api.fields import IdField
from workspace.api.serializers import JobSerializer

RECIPIENTS_MAX = 50


def _lists_per_metric(name: str) -> serializers.Serializer:
    lists = {key: serializers.ListField(child=serializers.FloatField(allow_null=True)) for key in KEYS}
    return type(name, (serializers.Serializer,), lists)()


class WriteReviewScheduleSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    every = serializers.ChoiceField(choices=Every.choices)
    weekday = serializers.IntegerField(allow_null=True, default=None, min_value=0, max_value=6, help_text="0 is Monday")
    day = serializers.IntegerField(
        allow_null=True, default=None, min_value=1, max_value=31, help_text="Of the month; in a shorter one its last"
    )
    thresholds = serializers.DictField(
        child=serializers.FloatField(),
        default=dict,
        help_text="Tolerance, as a fraction, of each metric that is watched",
    )
    index_min = serializers.FloatField(allow_null=True, default=None, min_value=0, max_value=100)
    recipients = serializers.ListField(
        child=IdField(), default=list, max_length=RECIPIENTS_MAX, help_text="Ids of members who are mailed an alarm"
    )
    is_active = serializers.BooleanField(default=True)


class CreateReviewScheduleSerializer(WriteReviewScheduleSerializer):
    team_id = IdField()


class ReviewScheduleSerializer(serializers.ModelSerializer[ReviewSchedule]):
    team_name = serializers.CharField(source="team.name", read_only=True)
    thresholds = serializers.DictField(child=serializers.FloatField(), read_only=True)

    class Meta:
        model = ReviewSchedule
        fields = [
            "id", "team_id", "team_name", "name", "every", "weekday", "day", "next_on", "thresholds", "index_min",
            "recipients", "is_active", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class HoldReviewSerializer(serializers.Serializer):
    team_id = IdField()


class ReviewMetricSerializer(serializers.Serializer):
    cv = serializers.FloatField(allow_null=True)
    worst = serializers.FloatField(allow_null=True)
    balance_index = serializers.FloatField(allow_null=True)
    tolerance = serializers.FloatField()
    n_out_of_band = serializers.IntegerField()
    is_watched = serializers.BooleanField()


class ReviewTerritorySerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    values = serializers.DictField(child=serializers.FloatField())
    deviations = serializers.DictField(child=serializers.FloatField(allow_null=True))


class DriftedTerritorySerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    name = serializers.CharField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)


class MetricDriftSerializer(serializers.Serializer):
    key = serializers.ChoiceField(choices=KEYS)
    index_before = serializers.FloatField(allow_null=True)
    index_after = serializers.FloatField(allow_null=True)
    left = DriftedTerritorySerializer(many=True)
    returned = DriftedTerritorySerializer(many=True)
    sentence = serializers.CharField()


class ReviewDriftSerializer(serializers.Serializer):
    review_id = serializers.IntegerField()
    since = serializers.DateField()
    balance_index_before = serializers.FloatField(allow_null=True)
    balance_index_after = serializers.FloatField(allow_null=True)
    metrics = MetricDriftSerializer(many=True)


class ReviewAlarmSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["territory", "index"])
    metric = serializers.CharField(allow_null=True)
    territory_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    bound = serializers.FloatField(help_text="The tolerance, or the least balance index")
    sentence = serializers.CharField()


class FixMoveSerializer(serializers.Serializer):
    vars()["from"] = serializers.CharField(allow_null=True)
    to = serializers.CharField()
    n_units = serializers.IntegerField()
    n_accounts = serializers.IntegerField()
    unit_names = serializers.ListField(child=serializers.CharField())


class FixRoomSerializer(serializers.Serializer):
    name = serializers.CharField()
    metric = serializers.CharField()
    deviation = serializers.FloatField()


class AlarmFixSerializer(serializers.Serializer):
    sentence = serializers.CharField()
    territory_ids = serializers.ListField(child=serializers.IntegerField())
    n_units = serializers.IntegerField()
    n_accounts = serializers.IntegerField()
    moves = FixMoveSerializer(many=True)
    room = FixRoomSerializer(many=True)


class AlarmMailSerializer(serializers.ModelSerializer[AlarmMail]):
    name = serializers.SerializerMethodField()

    class Meta:
        model = AlarmMail
        fields = ["name", "state", "attempts", "sent_at"]
        read_only_fields = fields

    def get_name(self, mail: AlarmMail) -> str:
        return str(mail.member.user)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    schedule_name = serializers.CharField(source="schedule.name", read_only=True, allow_null=True, default=None)
    team_name = serializers.CharField(source="team.name", read_only=True)
    by = serializers.SerializerMethodField()
    metrics = serializers.DictField(child=ReviewMetricSerializer(), read_only=True)
    drift = ReviewDriftSerializer(read_only=True, allow_null=True)
    alarms = ReviewAlarmSerializer(many=True, read_only=True)
    fix = AlarmFixSerializer(read_only=True, allow_null=True)
    job = JobSerializer(read_only=True, allow_null=True)
    mails = AlarmMailSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id", "schedule_id", "schedule_name", "team_id", "team_name", "alignment_id", "alignment_name", "revision",
            "measured_on", "balance_index", "metrics", "drift", "n_findings", "alarms", "fix", "job", "told_at",
            "mails", "by", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_by(self, review: Review) -> str | None:
        return None if review.held_by is None else str(review.held_by.user)


class WholeReviewSerializer(ReviewSerializer):
    territories: Any = ReviewTerritorySerializer(many=True, read_only=True)

    class Meta(ReviewSerializer.Meta):
        fields = [*ReviewSerializer.Meta.fields, "territories"]
        read_only_fields = fields


class TrendReviewSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    measured_on = serializers.DateField()


class MetricTrendSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()
    tolerance = serializers.FloatField(allow_null=True)
    balance_index = serializers.ListField(child=serializers.FloatField(allow_null=True))
    worst = serializers.ListField(child=serializers.FloatField(allow_null=True))
    n_out_of_band = serializers.ListField(child=serializers.IntegerField())


class TerritoryTrendSerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    name = serializers.CharField()
    deviations = _lists_per_metric("DeviationTrends")


class ReviewTrendSerializer(serializers.Serializer):
    reviews = TrendReviewSerializer(many=True)
    balance_index = serializers.ListField(child=serializers.FloatField(allow_null=True))
    metrics = MetricTrendSerializer(many=True)
    territories = TerritoryTrendSerializer(many=True)
