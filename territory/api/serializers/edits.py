"""One shape per operation; `op` says which."""

import math
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from territory.api.fields import AreaField, IdField, IdListField, literal
from territory.api.serializers.alignments import AlignmentSerializer, RuleField
from territory.api.serializers.territories import TerritorySerializer
from workspace.api.serializers import ChangeSerializer

UNITS_MAX = 20_000
ACCOUNTS_MAX = 10_000
TERRITORIES_MAX = 2_000
LINE_MAX = 1_000


class ColourField(serializers.RegexField):
    def __init__(self, **options: Any) -> None:
        super().__init__(r"^#[0-9a-fA-F]{6}\Z", error_messages={"invalid": "must look like #1f77b4"}, **options)


class PlaceField(serializers.ListField):
    """[lon, lat] in degrees."""

    child = serializers.FloatField(min_value=-180, max_value=180)

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=2, max_length=2, **options)

    def to_internal_value(self, data: Any) -> Any:
        lon, lat = super().to_internal_value(data)
        if not (math.isfinite(lon) and abs(lat) <= 90):
            raise serializers.ValidationError("latitude, the second number, must be from -90 to 90")
        return lon, lat


class AssignUnitsSerializer(serializers.Serializer[object]):
    op = literal("assign_units")()
    unit_ids = IdListField(max_length=UNITS_MAX)
    territory_id = IdField(allow_null=True)
    only_unassigned = serializers.BooleanField(required=False)


class SetBoundarySerializer(serializers.Serializer[object]):
    op = literal("set_boundary")()
    territory_id = IdField()
    boundary = AreaField()


class CoverUnitsSerializer(serializers.Serializer[object]):
    op = literal("cover_units")()
    territory_id = IdField()
    boundary = AreaField()
    rule = RuleField()


class MoveCornerSerializer(serializers.Serializer[object]):
    op = literal("move_corner")()
    territory_id = IdField()
    corner = PlaceField()
    to = PlaceField(allow_null=True)


class AddTerritorySerializer(serializers.Serializer[object]):
    op = literal("add_territory")()
    name = serializers.CharField(max_length=200)
    rep_id = IdField(required=False, allow_null=True)
    colour = ColourField(required=False)
    unit_ids = IdListField(max_length=UNITS_MAX, allow_empty=True, required=False)
    boundary = AreaField(required=False)


class RemoveTerritorySerializer(serializers.Serializer[object]):
    op = literal("remove_territory")()
    territory_id = IdField()


class MergeTerritoriesSerializer(serializers.Serializer[object]):
    op = literal("merge_territories")()
    territory_ids = IdListField(max_length=TERRITORIES_MAX)
    into_id = IdField()


class UpdateTerritorySerializer(serializers.Serializer[object]):
    op = literal("update_territory")()
    territory_id = IdField()
    name = serializers.CharField(max_length=200, required=False)
    colour = ColourField(required=False)
    rep_id = IdField(required=False, allow_null=True)
    target_share = serializers.FloatField(required=False, allow_null=True, max_value=1)
    is_locked = serializers.BooleanField(required=False)

    def validate_target_share(self, share: float | None) -> float | None:
        if share is not None and not share > 0:
            raise serializers.ValidationError("must be above 0 and at most 1")
        return share


class UpdateTerritoriesSerializer(serializers.Serializer[object]):
    op = literal("update_territories")()
    territory_ids = IdListField(max_length=TERRITORIES_MAX)
    is_locked = serializers.BooleanField(required=False)
    region = serializers.CharField(max_length=200, required=False, allow_blank=True)
    colours = serializers.ListField(child=ColourField(), max_length=TERRITORIES_MAX, required=False)


class HandOverSerializer(serializers.Serializer[object]):
    op = literal("hand_over")()
    territory_ids = IdListField(max_length=TERRITORIES_MAX)
    rep_id = IdField(allow_null=True)
    swap = serializers.BooleanField(required=False)


class SetOverridesSerializer(serializers.Serializer[object]):
    op = literal("set_overrides")()
    account_ids = IdListField(max_length=ACCOUNTS_MAX)
    territory_id = IdField()
    reason = serializers.CharField(max_length=300)


class ClearOverridesSerializer(serializers.Serializer[object]):
    op = literal("clear_overrides")()
    account_ids = IdListField(max_length=ACCOUNTS_MAX)


class GiveToNeighbourSerializer(serializers.Serializer[object]):
    op = literal("give_to_neighbour")()
    unit_ids = IdListField(max_length=UNITS_MAX)


class FillHolesSerializer(serializers.Serializer[object]):
    op = literal("fill_holes")()
    territory_id = IdField()


class SplitTerritorySerializer(serializers.Serializer[object]):
    op = literal("split_territory")()
    territory_id = IdField()
    name = serializers.CharField(max_length=200)
    line = serializers.ListField(child=PlaceField(), min_length=2, max_length=LINE_MAX, required=False)
    rep_id = IdField(required=False)


class UnitOwnerSerializer(serializers.Serializer[object]):
    unit_id = IdField()
    territory_id = IdField()


class MoveUnitsSerializer(serializers.Serializer[object]):
    op = literal("move_units")()
    owners = UnitOwnerSerializer(many=True, max_length=UNITS_MAX, allow_empty=False)

    def validate_owners(self, owners: list[dict[str, int]]) -> dict[int, int]:
        return {owner["unit_id"]: owner["territory_id"] for owner in owners}


class AssignGroundSerializer(serializers.Serializer[object]):
    op = literal("assign_ground")()
    territory_ids = IdListField(max_length=2)
    ground = AreaField()


class ResolveOverlapSerializer(serializers.Serializer[object]):
    op = literal("resolve_overlap")()
    territory_ids = IdListField(max_length=2)
    keeper_id = IdField(required=False, allow_null=True)


EDIT_SERIALIZERS: dict[str, type[serializers.Serializer[object]]] = {
    "assign_units": AssignUnitsSerializer,
    "set_boundary": SetBoundarySerializer,
    "move_corner": MoveCornerSerializer,
    "cover_units": CoverUnitsSerializer,
    "add_territory": AddTerritorySerializer,
    "remove_territory": RemoveTerritorySerializer,
    "merge_territories": MergeTerritoriesSerializer,
    "update_territory": UpdateTerritorySerializer,
    "update_territories": UpdateTerritoriesSerializer,
    "hand_over": HandOverSerializer,
    "set_overrides": SetOverridesSerializer,
    "clear_overrides": ClearOverridesSerializer,
    "give_to_neighbour": GiveToNeighbourSerializer,
    "fill_holes": FillHolesSerializer,
    "split_territory": SplitTerritorySerializer,
    "move_units": MoveUnitsSerializer,
    "resolve_overlap": ResolveOverlapSerializer,
    "assign_ground": AssignGroundSerializer,
}

EDIT_REQUEST = PolymorphicProxySerializer(
    component_name="Edit", serializers=EDIT_SERIALIZERS, resource_type_field_name="op"
)


def parse_edit(data: Any) -> tuple[str, dict[str, Any]]:
    """The operation's name and its checked arguments."""
    operation = data.get("op") if isinstance(data, dict) else None
    if not isinstance(operation, str) or operation not in EDIT_SERIALIZERS:
        raise serializers.ValidationError({"op": f"must be one of {', '.join(EDIT_SERIALIZERS)}"})
    body = EDIT_SERIALIZERS[operation](data=data)
    body.is_valid(raise_exception=True)
    arguments = dict(body.validated_data)
    arguments.pop("op")
    return operation, arguments


@extend_schema_field(EDIT_REQUEST)
class EditField(serializers.DictField):
    """An edit inside another body."""


class OpenDraftSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200)
    revision = IdField()
    edit = EditField(required=False)


class NameVersionSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200)
    revision = IdField()


class UndoSerializer(serializers.Serializer[object]):
    only_untouched = serializers.BooleanField(required=False)


class AddedTerritorySerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    colour = serializers.CharField()


class EditPlanSerializer(serializers.Serializer[object]):
    """What an edit would do: two lists of the same length, a unit that nobody would have has null."""

    label = serializers.CharField()
    unit_ids = serializers.ListField(child=serializers.IntegerField())
    territory_ids = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    added = AddedTerritorySerializer(many=True)


class EditedSerializer(serializers.Serializer[object]):
    """What an edit did; `change` is null where everything already was as asked."""

    alignment = AlignmentSerializer()
    change = ChangeSerializer(allow_null=True)
    territories = TerritorySerializer(many=True)
    n_accounts_moved = serializers.IntegerField()


class MovedSerializer(serializers.Serializer[object]):
    """Signed: what a territory gained. Money in minor units, workload in hours a year."""

    territory_id = serializers.IntegerField()
    accounts = serializers.IntegerField()
    revenue = serializers.FloatField()
    potential = serializers.FloatField()
    pipeline = serializers.FloatField()
    workload = serializers.FloatField()


class StepOfTrendSerializer(serializers.Serializer[object]):
    revision = serializers.IntegerField()
    label = serializers.CharField()
    moved = MovedSerializer(many=True)
