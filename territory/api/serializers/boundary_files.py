from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from territory.api.fields import BoundsField, IdField
from territory.layers.files.kinds import FileKind
from territory.models import BoundaryFile


class FileLayerSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    n_features = serializers.IntegerField()


class FileAttributeSerializer(serializers.Serializer[object]):
    """`can_be_code`: filled in every area and short enough. `is_unique`: different in every area as well."""

    name = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    n_filled = serializers.IntegerField()
    n_distinct = serializers.IntegerField()
    can_be_code = serializers.BooleanField()
    is_unique = serializers.BooleanField()


class FeatureProblemSerializer(serializers.Serializer[object]):
    """`feature` counts from 1 as in the file; the place is where the geometry goes wrong."""

    feature = serializers.IntegerField()
    problem = serializers.CharField()
    lon = serializers.FloatField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    can_be_repaired = serializers.BooleanField()


class FeatureRepairSerializer(serializers.Serializer[object]):
    feature = serializers.IntegerField()
    before_m2 = serializers.FloatField()
    after_m2 = serializers.FloatField()


class FileChoicesSerializer(serializers.Serializer[object]):
    is_longitude_latitude = serializers.BooleanField()
    repair = serializers.BooleanField()


class FoundSerializer(serializers.Serializer[object]):
    """What the file holds under the present choices. The first 200 problems and repairs are listed, all are counted."""

    kind = serializers.ChoiceField(choices=list(FileKind))
    layers = FileLayerSerializer(many=True)
    layer = serializers.CharField()
    crs = serializers.CharField(allow_null=True)
    encoding = serializers.CharField(allow_null=True)
    needs_projection = serializers.BooleanField()
    n_features = serializers.IntegerField()
    n_areas = serializers.IntegerField()
    bounds = BoundsField(allow_null=True)
    attributes = FileAttributeSerializer(many=True)
    code_attribute = serializers.CharField(allow_null=True)
    name_attribute = serializers.CharField(allow_null=True)
    choices = FileChoicesSerializer()
    n_problems = serializers.IntegerField()
    n_repairable = serializers.IntegerField()
    problems = FeatureProblemSerializer(many=True)
    n_repairs = serializers.IntegerField()
    repairs = FeatureRepairSerializer(many=True)


class BoundaryFileSerializer(serializers.ModelSerializer[BoundaryFile]):
    found = serializers.SerializerMethodField()

    class Meta:
        model = BoundaryFile
        fields = ["id", "filename", "found", "created_at"]
        read_only_fields = fields

    @extend_schema_field(FoundSerializer)
    def get_found(self, item: BoundaryFile) -> object:
        return item.found


class UploadBoundaryFileSerializer(serializers.Serializer[object]):
    file = serializers.FileField(allow_empty_file=True, max_length=255)

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        if "\x00" in (file.name or ""):
            raise serializers.ValidationError("The name must not contain NUL characters.")
        return file


class ChooseForFileSerializer(serializers.Serializer[object]):
    """What is left out stays as it is. `is_longitude_latitude` is for files that do not state their projection."""

    layer = serializers.CharField(max_length=200, required=False)
    is_longitude_latitude = serializers.BooleanField(required=False)
    repair = serializers.BooleanField(required=False)


class TerritoriesOfFileSerializer(serializers.Serializer[object]):
    """A drawn alignment with a territory for each value of an attribute."""

    name = serializers.CharField(max_length=200)
    team_id = IdField()
    code_attribute = serializers.CharField(
        max_length=200, required=False, allow_null=True, help_text="None: each feature is a territory, by its number"
    )
    name_attribute = serializers.CharField(max_length=200, required=False, allow_null=True)
    skip_problems = serializers.BooleanField(default=False)
