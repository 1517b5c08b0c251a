from rest_framework import serializers

from territory.api.serializers.boundary_files import UploadBoundaryFileSerializer
from territory.unit_sheets.matching import Rest

COLUMN_MAX = 250


class UnitSheetSerializer(UploadBoundaryFileSerializer):
    """A CSV, TSV or XLSX sheet of unit codes and territories (codes or names). What is left out is found out.

    `rest`: units that the sheet does not name keep their territory or become nobody's. `pad_codes`: 1001 is read as
    01001 where all codes of the layer are that long.
    """

    sheet = serializers.CharField(max_length=COLUMN_MAX, required=False, allow_blank=True)
    unit_column = serializers.CharField(max_length=COLUMN_MAX, required=False, allow_blank=True)
    territory_column = serializers.CharField(max_length=COLUMN_MAX, required=False, allow_blank=True)
    rest = serializers.ChoiceField(choices=list(Rest), default=Rest.KEEP)
    create_territories = serializers.BooleanField(default=False)
    pad_codes = serializers.BooleanField(default=False)


class AssignFromSheetSerializer(UnitSheetSerializer):
    """`skip_problems`: leave out the rows that cannot be taken; without it one of them refuses the whole sheet."""

    skip_problems = serializers.BooleanField(default=False)


class SheetProblemSerializer(serializers.Serializer[object]):
    """`line` counts as the file does."""

    line = serializers.IntegerField()
    problem = serializers.CharField()
    column = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)


class SheetTerritorySerializer(serializers.Serializer[object]):
    code = serializers.CharField()
    name = serializers.CharField()
    n_units = serializers.IntegerField()


class SheetPlanSerializer(serializers.Serializer[object]):
    """What a sheet would do. `n_units`: named and found; `n_rest`: units of the layer that it does not name.

    `new_territories` are listed also where they are not to be made: their rows then are problems.
    """

    filename = serializers.CharField()
    sheets = serializers.ListField(child=serializers.CharField())
    sheet = serializers.CharField(allow_null=True)
    encoding = serializers.CharField(allow_null=True)
    delimiter = serializers.CharField(allow_null=True)
    columns = serializers.ListField(child=serializers.CharField())
    unit_column = serializers.CharField()
    territory_column = serializers.CharField()
    n_rows = serializers.IntegerField()
    n_units = serializers.IntegerField()
    n_moved = serializers.IntegerField()
    n_cleared = serializers.IntegerField()
    n_accounts = serializers.IntegerField()
    n_rest = serializers.IntegerField()
    n_padded = serializers.IntegerField()
    n_can_be_padded = serializers.IntegerField()
    n_new_territories = serializers.IntegerField()
    new_territories = SheetTerritorySerializer(many=True)
    n_problems = serializers.IntegerField()
    problems = SheetProblemSerializer(many=True)
