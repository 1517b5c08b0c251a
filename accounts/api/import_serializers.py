from typing import Any

from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.models import AccountImport, ImportKind, ImportMode
from workspace.api.serializers import JobSerializer
from workspace.models import JobState

STATES = ("uploaded", "running", "done", "failed", "undoing", "undone")


class ImportFieldSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()
    kind = serializers.ChoiceField(choices=["text", "number", "money", "degrees", "fraction"])
    description = serializers.CharField()


class ImportFieldsQuery(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=ImportKind.choices, default=ImportKind.ACCOUNTS)


class ImportProblemSerializer(serializers.Serializer[object]):
    """`row` counts from 1 under the header; 0 means the mapping itself. `line` is the line of the file."""

    row = serializers.IntegerField()
    line = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)
    problem = serializers.CharField()
    bound = serializers.CharField(allow_null=True)


class DetectedSerializer(serializers.Serializer[object]):
    encoding = serializers.CharField()
    delimiter = serializers.CharField()
    sheet = serializers.CharField(allow_null=True)
    sheets = serializers.ListField(child=serializers.CharField())


class ImportColumnSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    field = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    confidence = serializers.FloatField()


class LeftAloneSerializer(serializers.Serializer[object]):
    row = serializers.IntegerField()
    external_id = serializers.CharField()


class ImportResultSerializer(serializers.Serializer[object]):
    """Every row is in one of created, updated, unchanged, left alone, skipped (blank) and bad (rows with problems).

    `n_left_alone` are rows that the mode does not touch (`left_alone` names the first), `n_gone` accounts that the file
    of a `replace` does not hold.
    """

    mode = serializers.ChoiceField(choices=ImportMode.choices, default=ImportMode.UPSERT)

    n_rows = serializers.IntegerField()
    n_created = serializers.IntegerField()
    n_updated = serializers.IntegerField()
    n_unchanged = serializers.IntegerField()
    n_left_alone = serializers.IntegerField(default=0)
    left_alone = LeftAloneSerializer(many=True, default=list)
    n_skipped = serializers.IntegerField()
    n_bad = serializers.IntegerField()
    n_gone = serializers.IntegerField(default=0)
    n_unplotted = serializers.IntegerField()
    problems = ImportProblemSerializer(many=True)
    seconds = serializers.FloatField()


class LeftRowSerializer(serializers.Serializer[object]):
    """A record that an undo leaves as it is, and why; `by` is a member or a file, empty where nobody knows."""

    external_id = serializers.CharField()
    name = serializers.CharField()
    why = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True)


class ImportUndoSerializer(serializers.Serializer[object]):
    """New records removed (reps: set inactive), changed ones restored, gone ones returned; `left`: the first 50."""

    n_removed = serializers.IntegerField()
    n_restored = serializers.IntegerField()
    n_returned = serializers.IntegerField()
    n_left = serializers.IntegerField()
    left = LeftRowSerializer(many=True)


class AbsentAccountSerializer(serializers.Serializer[object]):
    external_id = serializers.CharField()
    name = serializers.CharField()
    city = serializers.CharField()
    revenue_minor = serializers.IntegerField()


class AbsentSerializer(serializers.Serializer[object]):
    """Accounts of the workspace that the file does not hold; `first` are the 50 with the most revenue.

    `n_assigned` have a territory in a live alignment, `n_overridden` are kept with a territory by name.
    """

    n_accounts = serializers.IntegerField()
    revenue_minor = serializers.IntegerField()
    n_assigned = serializers.IntegerField()
    n_overridden = serializers.IntegerField()
    first = AbsentAccountSerializer(many=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An import that is done",
            value={
                "id": 7, "kind": "accounts", "filename": "customers.csv", "state": "done", "n_rows": 54093,
                "mode": "upsert", "can_be_undone": True, "undo_job": None, "undone": None,
                "detected": {"encoding": "utf-8", "delimiter": ",", "sheet": None, "sheets": []},
                "columns": [
                    {"name": "account_id", "samples": ["GA000001"], "field": "external_id", "confidence": 0.94}
                ],
                "mapping": {"account_id": "external_id", "name": "name"}, "remembered": False, "job": None,
                "result": {
                    "mode": "upsert", "n_rows": 54093, "n_created": 54081, "n_updated": 0, "n_unchanged": 0,
                    "n_left_alone": 0, "left_alone": [], "n_skipped": 0, "n_bad": 12, "n_gone": 0,
                    "n_unplotted": 3, "seconds": 8.1, "problems": [
                        {"row": 17, "line": 18, "column": "zip_lat", "value": "91", "problem": "is out of range",
                         "bound": "between -90 and 90"}
                    ],
                },
                "created_at": "2026-03-01T09:00:00Z",
            },
            response_only=True,
        )
    ]
)  # fmt: skip
class ImportSerializer(serializers.ModelSerializer[AccountImport]):
    n_rows = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="null: a workbook too long to be counted before it is read"
    )
    state = serializers.SerializerMethodField()
    detected = DetectedSerializer(read_only=True)
    columns = ImportColumnSerializer(many=True, read_only=True)
    mapping = serializers.DictField(child=serializers.CharField(), read_only=True)
    remembered = serializers.SerializerMethodField()
    job = JobSerializer(read_only=True, allow_null=True)
    result = ImportResultSerializer(read_only=True, allow_null=True)
    can_be_undone = serializers.SerializerMethodField()
    undo_job = JobSerializer(read_only=True, allow_null=True)
    undone = ImportUndoSerializer(read_only=True, allow_null=True)

    class Meta:
        model = AccountImport
        fields = [
            "id", "kind", "filename", "state", "n_rows", "detected", "columns", "mapping", "remembered", "mode", "job",
            "result", "can_be_undone", "undo_job", "undone", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, item: AccountImport) -> str:
        if item.undone is not None:
            return "undone"
        if item.undo_job is not None and not item.undo_job.is_finished:
            return "undoing"
        if item.job is None:
            return "uploaded" if item.result is None else "done" if item.result["is_imported"] else "failed"
        if item.job.is_finished:
            return "done" if item.job.state == JobState.DONE else "failed"
        return "running"

    def get_can_be_undone(self, item: AccountImport) -> bool:
        return bool(getattr(item, "has_record", False))

    def get_remembered(self, item: AccountImport) -> bool:
        return bool(item.detected.get("remembered"))


class UploadSerializer(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=ImportKind.choices)
    file = serializers.FileField(allow_empty_file=True, max_length=255)

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        if "\x00" in (file.name or ""):
            raise serializers.ValidationError("The name must not contain NUL characters.")
        return file


class MappingSerializer(serializers.Serializer[object]):
    mapping = serializers.DictField(
        child=serializers.CharField(max_length=60), help_text="{column: field}; columns left out are not imported."
    )

    def validate_mapping(self, mapping: dict[str, Any]) -> dict[str, Any]:
        return {column: key for column, key in mapping.items() if key}


class PreviewRequestSerializer(MappingSerializer):
    sheet = serializers.CharField(required=False, allow_null=True, max_length=100)


class RunRequestSerializer(MappingSerializer):
    skip_bad_rows = serializers.BooleanField(
        default=False, help_text="False: one bad row and nothing is imported. True: bad rows are left out and listed."
    )
    mode = serializers.ChoiceField(
        choices=ImportMode.choices,
        default=ImportMode.UPSERT,
        help_text="add: new ids only. update: known ids only. upsert: both. replace: both, and accounts that"
        " the file does not hold disappear.",
    )
    confirmed_gone = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Needed for replace: how many accounts disappear, as `absent` has said.",
    )


class PreviewRowSerializer(serializers.Serializer[object]):
    row = serializers.IntegerField()
    values = serializers.DictField(child=serializers.JSONField(), help_text="{field: value}, null where unreadable")
    problems = ImportProblemSerializer(many=True)


class PreviewSerializer(serializers.Serializer[object]):
    rows = PreviewRowSerializer(many=True)
    problems = ImportProblemSerializer(many=True)
