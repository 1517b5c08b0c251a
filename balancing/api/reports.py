from typing import Any

from django.http import FileResponse, Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from balancing.api.measures import visible_alignment
from balancing.api.report_serializers import CreateReportSerializer, ReportSerializer
from balancing.models import Report
from balancing.services.reports import delete_report, request_report
from workspace.roles import OPERATORS, READERS

CONTENT_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


class ReportViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):  # fmt: skip
    """Documents about alignments, made by jobs and kept as files."""

    serializer_class = ReportSerializer
    queryset = Report.objects.none()
    http_method_names = ["get", "post", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": READERS, "DELETE": OPERATORS}

    def get_queryset(self) -> Any:
        return Report.objects.visible_to(self.request.member).select_related("alignment", "job", "member__user")

    @extend_schema(
        request=CreateReportSerializer,
        responses={202: ReportSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask for a report; its job makes it."""
        body = CreateReportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        report = request_report(
            visible_alignment(request.member, asked["alignment_id"]),
            kind=asked["kind"],
            format=asked["format"],
            idempotency_key=request.headers.get("Idempotency-Key"),
            actor=request.member,
        )
        headers = {"Location": f"/api/v1/jobs/{report.job_id}"}
        return Response(ReportSerializer(report).data, status=status.HTTP_202_ACCEPTED, headers=headers)

    def perform_destroy(self, instance: Report) -> None:
        delete_report(instance, actor=self.request.member)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> FileResponse:
        """The document, once its job is done."""
        report = self.get_object()
        if not report.file:
            raise Http404
        return FileResponse(
            report.file.open("rb"),
            as_attachment=True,
            filename=f"{report.alignment.name}, {report.get_kind_display().lower()}.{report.format}",
            content_type=CONTENT_TYPES[report.format],
        )
