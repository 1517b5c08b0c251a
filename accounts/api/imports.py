from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.api.import_serializers import (
    AbsentSerializer,
    ImportFieldSerializer,
    ImportFieldsQuery,
    ImportSerializer,
    ImportUndoSerializer,
    MappingSerializer,
    PreviewRequestSerializer,
    PreviewSerializer,
    RunRequestSerializer,
    UploadSerializer,
)
from accounts.importing.fields import fields_of
from accounts.models import AccountImport, ImportedRow
from accounts.services.import_undo import look_at_undo, start_undo
from accounts.services.imports import create_import, preview_import, start_import
from accounts.services.replacing import look_at_absent
from workspace.exceptions import TooLarge
from workspace.roles import OPERATORS

# Room for the form's other parts.
FORM_BYTES = 64 * 1024


class ImportFieldsView(APIView):
    roles = {"GET": OPERATORS}

    @extend_schema(parameters=[ImportFieldsQuery], responses=ImportFieldSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What a column can become. Besides these, `metric:<name>` makes any numeric column a metric of accounts."""
        query = ImportFieldsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(ImportFieldSerializer(fields_of(query.validated_data["kind"]), many=True).data)


class ImportViewSet(
    mixins.ListModelMixin, mixins.CreateModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[AccountImport]
):
    """A file on its way in: uploaded, looked at, run."""

    serializer_class = ImportSerializer
    queryset = AccountImport.objects.none()
    parser_classes = [MultiPartParser]
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": OPERATORS, "POST": OPERATORS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything reads the body.
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.UPLOAD_CSV_MAX_BYTES + FORM_BYTES:
            raise TooLarge(f"The upload has {length:,} bytes; {settings.UPLOAD_CSV_MAX_BYTES:,} are the most.")
        super().initial(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        items = AccountImport.objects.visible_to(self.request.member)
        record = ImportedRow.objects.filter(workspace_id=OuterRef("workspace_id"), upload_id=OuterRef("pk"))
        return items.select_related("job", "undo_job", "workspace").annotate(has_record=Exists(record)).order_by("-id")

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: ImportSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Upload a CSV, TSV, XLSX, ODS, JSON, GeoJSON or Parquet file. Nothing is imported yet."""
        body = UploadSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        upload = body.validated_data["file"]
        item = create_import(
            file=upload.file,
            filename=upload.name,
            size=upload.size,
            kind=body.validated_data["kind"],
            actor=request.member,
        )
        return Response(self.get_serializer(item).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=PreviewRequestSerializer, responses=PreviewSerializer)
    @action(detail=True, methods=["post"], parser_classes=api_settings.DEFAULT_PARSER_CLASSES)
    def preview(self, request: Request, pk: str) -> Response:
        """The first 20 rows as they would be imported, and what is wrong with the mapping."""
        item = self.get_object()
        body = PreviewRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        preview = preview_import(
            item,
            mapping=body.validated_data["mapping"],
            sheet=body.validated_data.get("sheet"),
        )
        return Response(PreviewSerializer(preview).data)

    @extend_schema(
        request=RunRequestSerializer,
        responses={202: ImportSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
    )
    @action(detail=True, methods=["post"], parser_classes=api_settings.DEFAULT_PARSER_CLASSES)
    def run(self, request: Request, pk: str) -> Response:
        """Start the import as a job. All or nothing, unless bad rows are to be skipped."""
        item = self.get_object()
        body = RunRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        item = start_import(
            item,
            **body.validated_data,
            idempotency_key=request.headers.get("Idempotency-Key"),
            actor=request.member,
        )
        headers = {"Location": f"/api/v1/jobs/{item.job_id}"}
        return Response(self.get_serializer(item).data, status=status.HTTP_202_ACCEPTED, headers=headers)

    @extend_schema(request=MappingSerializer, responses=AbsentSerializer)
    @action(detail=True, methods=["post"], parser_classes=api_settings.DEFAULT_PARSER_CLASSES)
    def absent(self, request: Request, pk: str) -> Response:
        """Which accounts the file does not hold: what `replace` would take out. Nothing is changed."""
        item = self.get_object()
        body = MappingSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(AbsentSerializer(look_at_absent(item, mapping=body.validated_data["mapping"])).data)

    @extend_schema(responses=ImportUndoSerializer)
    @action(detail=True, methods=["get"])
    def undo(self, request: Request, pk: str) -> Response:
        """What taking the import back would do now, and which records it would leave because of later changes."""
        return Response(ImportUndoSerializer(look_at_undo(self.get_object())).data)

    @extend_schema(
        request=None,
        responses={202: ImportSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
    )
    @undo.mapping.post
    def start_undo(self, request: Request, pk: str) -> Response:
        """Take the import back as a job: new records go, changed and gone ones are as they were before."""
        key = request.headers.get("Idempotency-Key")
        item = start_undo(self.get_object(), idempotency_key=key, actor=request.member)
        headers = {"Location": f"/api/v1/jobs/{item.undo_job_id}"}
        return Response(self.get_serializer(item).data, status=status.HTTP_202_ACCEPTED, headers=headers)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path=r"problems\.csv")
    def problems(self, request: Request, pk: str) -> FileResponse:
        """Every problem of the last run, one per line."""
        item = self.get_object()
        if not item.problems_file:
            raise Http404
        name = f"problems-{item.id}.csv"
        return FileResponse(item.problems_file.open("rb"), as_attachment=True, filename=name, content_type="text/csv")
