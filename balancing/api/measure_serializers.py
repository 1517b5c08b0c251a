"""The shapes of scorecard, findings, comparison and snapshots, for answers and for the OpenAPI schema."""

from typing import Any

from drf_spectacular.utils import OpenApiTypes, extend_schema_field
from rest_framework import serializers

from balancing.findings.finding import ActionKind, FindingKind, Severity
from balancing.models import Snapshot
from balancing.scorecard.balance import KEYS
from territory.api.fields import IdField
from territory.api.serializers.edits import EditField


def _per_metric(name: str, field: type[serializers.Field], **options: Any) -> serializers.Serializer:
    """One value for each metric, by its key."""
    return type(name, (serializers.Serializer,), {key: field(**options) for key in KEYS})()


@extend_schema_field(OpenApiTypes.OBJECT)
class GeometryField(serializers.JSONField):
    """A GeoJSON geometry in EPSG:4326."""


class WorstSerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    deviation = serializers.FloatField(help_text="Signed fraction of the target")


class ConcentrationSerializer(serializers.Serializer):
    top_territory_id = serializers.IntegerField(allow_null=True)
    top_share = serializers.FloatField(allow_null=True, help_text="Part of the total that the largest territory has")
    lorenz = serializers.ListField(
        child=serializers.FloatField(), help_text="Part of the total that the k smallest territories have, k from 0 up"
    )


class ScorecardMetricSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField()
    tolerance = serializers.FloatField()
    total = serializers.FloatField(help_text="Over the territories; money in minor units")
    unassigned = serializers.FloatField()
    mean = serializers.FloatField()
    min = serializers.FloatField()
    max = serializers.FloatField()
    cv = serializers.FloatField(allow_null=True)
    max_min_ratio = serializers.FloatField(allow_null=True)
    gini = serializers.FloatField(allow_null=True)
    concentration = ConcentrationSerializer()
    balance_index = serializers.FloatField(allow_null=True)
    worst = WorstSerializer(allow_null=True)
    n_out_of_band = serializers.IntegerField()
    formula_url = serializers.CharField()


class TerritoryScoreSerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    values = _per_metric("MetricValues", serializers.FloatField)
    targets = _per_metric("MetricTargets", serializers.FloatField)
    deviations = _per_metric("MetricDeviations", serializers.FloatField, allow_null=True)
    in_band = _per_metric("MetricInBand", serializers.BooleanField, allow_null=True)
    workload_h = serializers.FloatField()
    travel_h = serializers.FloatField(allow_null=True)
    capacity_h = serializers.FloatField(allow_null=True)
    capacity_used = serializers.FloatField(allow_null=True)
    fte = serializers.FloatField(allow_null=True)
    cadence = serializers.FloatField(allow_null=True, help_text="Visits done ÷ needed; null where none are counted")
    area_km2 = serializers.FloatField(allow_null=True)
    accounts_per_km2 = serializers.FloatField(allow_null=True)
    accounts_per_1000_km2 = serializers.FloatField(allow_null=True)
    revenue_minor_per_km2 = serializers.FloatField(allow_null=True)
    polsby_popper = serializers.FloatField(allow_null=True)
    moment_of_inertia = serializers.FloatField(allow_null=True)
    n_pieces = serializers.IntegerField(allow_null=True)
    is_contiguous = serializers.BooleanField(allow_null=True)


class TravelSourceSerializer(serializers.Serializer):
    method = serializers.CharField()
    road_factor = serializers.FloatField(allow_null=True)
    speed_kmh = serializers.FloatField(allow_null=True)
    visits_per_trip = serializers.FloatField(allow_null=True)
    note = serializers.CharField()


class ScorecardSerializer(serializers.Serializer):
    alignment_id = serializers.IntegerField()
    revision = serializers.IntegerField()
    data_date = serializers.DateTimeField(allow_null=True)
    currency = serializers.CharField()
    metrics = ScorecardMetricSerializer(many=True)
    balance_index = serializers.FloatField(allow_null=True)
    territories = TerritoryScoreSerializer(many=True)
    travel_source = TravelSourceSerializer()


class FindingActionSerializer(serializers.Serializer):
    label = serializers.CharField()
    kind = serializers.ChoiceField(choices=ActionKind.choices)


class AcceptedSerializer(serializers.Serializer):
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()


class FindingSerializer(serializers.Serializer):
    id = serializers.CharField(help_text="The same finding keeps its id from one look to the next")
    kind = serializers.ChoiceField(choices=FindingKind.choices)
    severity = serializers.ChoiceField(choices=Severity.choices)
    title = serializers.CharField()
    detail = serializers.CharField()
    territory_ids = serializers.ListField(child=serializers.IntegerField())
    n_accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    potential_minor = serializers.IntegerField()
    money_minor = serializers.IntegerField(help_text="What the list is ranked by")
    hours_h = serializers.FloatField(allow_null=True, help_text="Hours a year at stake")
    area_km2 = serializers.FloatField(allow_null=True)
    geometry = GeometryField(allow_null=True)
    bbox = serializers.ListField(child=serializers.FloatField(), min_length=4, max_length=4, allow_null=True)
    action = FindingActionSerializer(allow_null=True, help_text="None where looking is all there is to do")
    accepted = AcceptedSerializer(allow_null=True, help_text="Why the team lives with it; such findings come last")


class FindingOfSerializer(serializers.Serializer):
    """Which finding of which alignment."""

    alignment_id = IdField()
    finding_id = serializers.CharField(max_length=200)


class AcceptFindingSerializer(FindingOfSerializer):
    reason = serializers.CharField(max_length=300)
    until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The last day it is accepted"
    )


class ProposalEffectSerializer(serializers.Serializer):
    territory_id = serializers.IntegerField()
    n_accounts = serializers.IntegerField(help_text="Gained; lost where negative")
    revenue_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()
    load_before = serializers.FloatField(allow_null=True, help_text="Deviation of its load from target")
    load_after = serializers.FloatField(allow_null=True)


class ProposalSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    edit = EditField(help_text="Carries it out when posted to the alignment's edits")
    effects = ProposalEffectSerializer(many=True)


class ComparisonSideSerializer(serializers.Serializer):
    values = _per_metric("ComparedValues", serializers.FloatField)
    deviations = _per_metric("ComparedDeviations", serializers.FloatField, allow_null=True)


class ComparisonTerritorySerializer(serializers.Serializer):
    name = serializers.CharField()
    rep_name = serializers.CharField(allow_null=True)
    before_id = serializers.IntegerField(allow_null=True)
    after_id = serializers.IntegerField(allow_null=True)
    before = ComparisonSideSerializer(allow_null=True)
    after = ComparisonSideSerializer(allow_null=True)


class MetricSpreadSerializer(serializers.Serializer):
    cv = serializers.FloatField(allow_null=True)
    worst = serializers.FloatField(allow_null=True, help_text="Largest deviation by size, a fraction")
    balance_index = serializers.FloatField(allow_null=True)


class ComparisonMetricSerializer(serializers.Serializer):
    key = serializers.CharField()
    before = MetricSpreadSerializer()
    after = MetricSpreadSerializer()


class DisruptionSerializer(serializers.Serializer):
    accounts = serializers.FloatField()
    revenue = serializers.FloatField()
    workload = serializers.FloatField()


class MeanKmSerializer(serializers.Serializer):
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)


class PartySerializer(serializers.Serializer):
    territory = serializers.CharField()
    rep = serializers.CharField(allow_null=True)


class ChangedHandsSerializer(serializers.Serializer):
    giver = PartySerializer()
    taker = PartySerializer(allow_null=True, help_text="Nobody where the accounts are in no territory after")
    n_accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()


class ComparisonSerializer(serializers.Serializer):
    territories = ComparisonTerritorySerializer(many=True)
    metrics = ComparisonMetricSerializer(many=True)
    disruption = DisruptionSerializer()
    n_accounts_moved = serializers.IntegerField()
    hands = ChangedHandsSerializer(many=True, help_text="What changes hands, the most money first")
    mean_km = MeanKmSerializer()


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    metrics = serializers.DictField(child=MetricSpreadSerializer())

    class Meta:
        model = Snapshot
        fields = ["id", "measured_on", "alignment_name", "metrics", "balance_index"]
