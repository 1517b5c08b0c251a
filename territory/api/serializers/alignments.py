from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from territory.api.fields import BoundsField, IdField
from territory.layers.covering import Rule
from territory.models import Alignment, Basis
from territory.models.alignment import NOTES_MAX
from territory.services.create_alignment import Source


class StepSerializer(serializers.Serializer[object]):
    """An edit that can be undone or redone."""

    label = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A scenario",
            value={
                "id": 7, "name": "Spring realignment", "team_id": 1, "team_name": "Field", "basis": "units",
                "unit_layer_id": 2, "state": "draft", "is_proposal": False, "parent_id": 5, "revision": 12,
                "effective_date": None, "published_at": None, "n_territories": 24,
                "created_at": "2026-03-01T09:00:00Z", "updated_at": "2026-03-02T10:30:00Z",
                "can_undo": {"label": "Gave 3 units to “Atlanta North”"}, "can_redo": None,
                "bbox": [-85.6, 30.3, -80.8, 35.0], "notes": "After the hire in Macon",
            },
        )
    ]
)  # fmt: skip
class AlignmentSerializer(serializers.ModelSerializer[Alignment]):
    team_id = serializers.IntegerField(read_only=True)
    team_name = serializers.CharField(source="team.name", read_only=True)
    unit_layer_id = serializers.IntegerField(read_only=True, allow_null=True)
    parent_id = serializers.IntegerField(read_only=True, allow_null=True)
    n_territories = serializers.IntegerField(read_only=True)
    can_undo = StepSerializer(read_only=True, allow_null=True)
    can_redo = StepSerializer(read_only=True, allow_null=True)
    bbox = BoundsField(read_only=True, allow_null=True)

    class Meta:
        model = Alignment
        fields = [
            "id", "name", "team_id", "team_name", "basis", "unit_layer_id", "state", "is_proposal", "parent_id",
            "revision", "effective_date", "published_at", "n_territories", "created_at", "updated_at", "can_undo",
            "can_redo", "bbox", "notes",
        ]  # fmt: skip
        read_only_fields = fields


class RuleField(serializers.ChoiceField):
    """How units go to drawn territories: by the largest share of their area, or by their middle."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[(rule.value, rule.value) for rule in Rule], **options)

    def to_internal_value(self, data: Any) -> Rule:
        return Rule(super().to_internal_value(data))


class CreateAlignmentSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200)
    team_id = IdField()
    basis = serializers.ChoiceField(choices=Basis.choices)
    source = serializers.ChoiceField(choices=[(source.value, source.value) for source in Source])
    unit_layer_id = IdField(required=False, allow_null=True)
    copy_of = IdField(required=False, allow_null=True)
    rule = RuleField(required=False)


class ConversionRequestSerializer(serializers.Serializer[object]):
    unit_layer_id = IdField()
    rule = RuleField()


class AmountsSerializer(serializers.Serializer[object]):
    accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    workload_h = serializers.FloatField()


class ConvertedTerritorySerializer(serializers.Serializer[object]):
    """A territory before and after; without an id it is what nobody covers."""

    territory_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    before = AmountsSerializer()
    after = AmountsSerializer()


class ConversionSerializer(serializers.Serializer[object]):
    """What drawn territories would have if they were made of whole units."""

    n_units = serializers.IntegerField()
    n_unassigned = serializers.IntegerField(help_text="units that would be nobody's")
    n_divided = serializers.IntegerField(help_text="units that lie in several territories")
    n_accounts_moved = serializers.IntegerField()
    territories = ConvertedTerritorySerializer(many=True)


class UpdateAlignmentSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200, required=False)
    effective_date = serializers.DateField(required=False)
    notes = serializers.CharField(max_length=NOTES_MAX, allow_blank=True, required=False)


class PublishSerializer(serializers.Serializer[object]):
    effective_date = serializers.DateField(required=False, allow_null=True)


class AlignmentUnitsSerializer(serializers.Serializer[object]):
    """Two lists of the same length; a unit without a territory has null."""

    unit_ids = serializers.ListField(child=serializers.IntegerField())
    territory_ids = serializers.ListField(child=serializers.IntegerField(allow_null=True))
