from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.urls import path
from django.utils.text import slugify
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from territory.exports.audit import record_export
from territory.exports.registry import FORMAT_BY_KEY, FORMATS, stream_export
from territory.models import Alignment
from workspace.exceptions import Invalid
from workspace.roles import OPERATORS

ID_MAX = 2**63 - 1
ID_DIGITS_MAX = len(str(ID_MAX))


class ExportFormatSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField()
    filename = serializers.CharField()
    description = serializers.CharField()


class ExportListView(APIView):
    """What an alignment can be taken away as."""

    roles = {"GET": OPERATORS}

    @extend_schema(
        operation_id="exports_list",
        responses=ExportFormatSerializer(many=True),
        examples=[
            OpenApiExample(
                "Assignments",
                value={
                    "key": "assignments.csv",
                    "label": "Assignments (CSV)",
                    "filename": "assignments.csv",
                    "description": "Every account with its territory, rep and figures. Can be imported again as it is.",
                },
            )
        ],
    )
    def get(self, request: Request) -> Response:
        return Response(ExportFormatSerializer(FORMATS, many=True).data)


class ExportView(APIView):
    """One format of one alignment, streamed as an attachment; recorded in the history."""

    roles = {"GET": OPERATORS}

    @extend_schema(
        operation_id="exports_retrieve",
        parameters=[
            OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(FORMAT_BY_KEY)),
            OpenApiParameter("alignment", OpenApiTypes.INT64, required=True, description="Id of the alignment"),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, key: str) -> Any:
        if key not in FORMAT_BY_KEY:
            raise Http404
        chosen = FORMAT_BY_KEY[key]
        alignment = _find_alignment(request)
        record_export(chosen, alignment=alignment, actor=request.member)
        response = StreamingHttpResponse(stream_export(chosen, alignment), content_type=chosen.content_type)
        name = "-".join(filter(None, (slugify(alignment.name), chosen.filename)))
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _find_alignment(request: Request) -> Alignment:
    text = request.query_params.get("alignment", "")
    if not text:
        raise Invalid.field("alignment", "name the alignment to export")
    if not (text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX and int(text) <= ID_MAX):
        raise Http404
    found = Alignment.objects.visible_to(request.member).select_related("workspace").filter(pk=int(text)).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("exports", ExportListView.as_view(), name="export-list"),
    path("exports/<str:key>", ExportView.as_view(), name="export-detail"),
]
