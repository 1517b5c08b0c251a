from rest_framework import serializers

from balancing.models.report import Report, ReportFormat, ReportKind
from territory.api.fields import IdField
from workspace.api.serializers import JobSerializer


class CreateReportSerializer(serializers.Serializer):
    alignment_id = IdField()
    kind = serializers.ChoiceField(choices=ReportKind.choices)
    format = serializers.ChoiceField(choices=ReportFormat.choices, default=ReportFormat.PDF)


class ReportSerializer(serializers.ModelSerializer):
    alignment_name = serializers.CharField(source="alignment.name", read_only=True)
    by = serializers.CharField(source="member.user.name", read_only=True)
    job = JobSerializer(read_only=True, allow_null=True)
    is_ready = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = [
            "id", "alignment_id", "alignment_name", "kind", "format", "revision", "by", "job", "is_ready", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_is_ready(self, report: Report) -> bool:
        return bool(report.file)
