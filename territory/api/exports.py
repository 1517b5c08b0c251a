from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.urls import path
from django.utils.text import slugify
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from territory.api.export_options import PARAMETERS, find_alignment, parse_options
from territory.exports.assignment_columns import assignment_columns
from territory.exports.audit import record_export
from territory.exports.formats import Option
from territory.exports.registry import FORMAT_BY_KEY, FORMATS, stream_export
from territory.models import Basis
from workspace.exceptions import Invalid
from workspace.roles import OPERATORS


class ExportColumnSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField(source="header")


class ExportFormatSerializer(serializers.Serializer[object]):
    """`columns`: what `columns=` may name, in the order of the file. `needs_units`: not for drawn boundaries."""

    key = serializers.CharField()
    label = serializers.CharField()
    filename = serializers.CharField()
    description = serializers.CharField()
    options = serializers.ListField(child=serializers.ChoiceField(choices=list(Option)))
    needs_units = serializers.BooleanField()
    columns = ExportColumnSerializer(many=True)


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
                    "options": ["against", "changed_since", "columns", "territory"],
                    "needs_units": False,
                    "columns": [{"key": "external_id", "label": "Account id"}],
                },
            )
        ],
    )
    def get(self, request: Request) -> Response:
        tenant = request.member.workspace
        columns = assignment_columns(tenant.pk, tenant.currency)
        listed = [
            {
                "key": known.key,
                "label": known.label,
                "filename": known.filename,
                "description": known.description,
                "options": sorted(known.options),
                "needs_units": known.basis == Basis.UNITS,
                "columns": columns if Option.COLUMNS in known.options else (),
            }
            for known in FORMATS
        ]
        return Response(ExportFormatSerializer(listed, many=True).data)


class ExportView(APIView):
    """One format of one alignment, streamed as an attachment; recorded in the history.

    Each format takes the options that the list names for it; others are refused.
    """

    roles = {"GET": OPERATORS}

    @extend_schema(
        operation_id="exports_retrieve",
        parameters=[
            OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(FORMAT_BY_KEY)),
            OpenApiParameter("alignment", OpenApiTypes.INT64, required=True, description="Id of the alignment"),
            *PARAMETERS,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, key: str) -> Any:
        if key not in FORMAT_BY_KEY:
            raise Http404
        chosen = FORMAT_BY_KEY[key]
        if not request.query_params.get("alignment"):
            raise Invalid.field("alignment", "name the alignment to export")
        alignment = find_alignment(request, "alignment")
        options = parse_options(request, chosen, alignment)
        record_export(chosen, alignment=alignment, options=options, actor=request.member)
        response = StreamingHttpResponse(stream_export(chosen, alignment, options), content_type=chosen.content_type)
        name = "-".join(filter(None, (slugify(alignment.name), chosen.filename)))
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


urlpatterns = [
    path("exports", ExportListView.as_view(), name="export-list"),
    path("exports/<str:key>", ExportView.as_view(), name="export-detail"),
]
