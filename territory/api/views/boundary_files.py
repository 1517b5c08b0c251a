from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from territory.api.serializers.alignments import AlignmentSerializer
from territory.api.serializers.boundary_files import (
    BoundaryFileSerializer,
    ChooseForFileSerializer,
    TerritoriesOfFileSerializer,
    UploadBoundaryFileSerializer,
)
from territory.api.views.alignments import answer, named
from territory.layers.files.limits import UPLOAD_MAX_BYTES
from territory.layers.files.naming import Naming
from territory.layers.sources import FileChoice
from territory.models import BoundaryFile
from territory.services.boundary_files import choose_for_file, create_alignment_of_areas, create_boundary_file
from workspace.exceptions import TooLarge
from workspace.models import Team
from workspace.roles import OPERATORS, PLANNERS

# Room for the form's other parts.
FORM_BYTES = 64 * 1024


class BoundaryFileViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[BoundaryFile]):
    """A file of areas on its way to a unit layer: uploaded, looked at, decided about."""

    serializer_class = BoundaryFileSerializer
    queryset = BoundaryFile.objects.none()
    http_method_names = ["get", "post", "patch", "head", "options"]
    roles = {"GET": OPERATORS, "POST": OPERATORS, "PATCH": OPERATORS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything reads the body.
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > UPLOAD_MAX_BYTES + FORM_BYTES:
            raise TooLarge(f"The upload has {length:,} bytes; {UPLOAD_MAX_BYTES:,} are the most.")
        super().initial(request, *args, **kwargs)

    def get_parsers(self) -> Any:
        is_upload = self.request is not None and self.request.method == "POST" and "pk" not in self.kwargs
        return [parser() for parser in ([MultiPartParser] if is_upload else api_settings.DEFAULT_PARSER_CLASSES)]

    def get_queryset(self) -> Any:
        return BoundaryFile.objects.visible_to(self.request.member).order_by("-id")

    @extend_schema(
        request={"multipart/form-data": UploadBoundaryFileSerializer}, responses={201: BoundaryFileSerializer}
    )
    def create(self, request: Request) -> Response:
        """Upload GeoJSON, TopoJSON, a zipped Shapefile, KML, KMZ, GeoPackage or FlatGeobuf. Nothing is made yet."""
        body = UploadBoundaryFileSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        upload = body.validated_data["file"]
        item = create_boundary_file(file=upload.file, filename=upload.name, actor=request.member)
        return Response(self.get_serializer(item).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ChooseForFileSerializer, responses={200: BoundaryFileSerializer})
    def partial_update(self, request: Request, pk: str) -> Response:
        """Another layer of the file, longitude and latitude where it states no projection, repair of broken areas."""
        item = self.get_object()
        body = ChooseForFileSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        item = choose_for_file(item, changed=body.validated_data, actor=request.member)
        return Response(self.get_serializer(item).data)

    @extend_schema(request=TerritoriesOfFileSerializer, responses={201: AlignmentSerializer})
    @action(detail=True, methods=["post"], roles={"POST": PLANNERS}, parser_classes=api_settings.DEFAULT_PARSER_CLASSES)
    def territories(self, request: Request, pk: str) -> Response:
        """A new scenario of the file: a drawn territory for each value of an attribute."""
        item = self.get_object()
        body = TerritoriesOfFileSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = body.validated_data
        naming = Naming(code=fields.get("code_attribute"), name=fields.get("name_attribute"), merge=True)
        alignment = create_alignment_of_areas(
            FileChoice(item, naming, fields["skip_problems"]),
            name=fields["name"],
            team=named(Team, request, "team_id", fields["team_id"]),
            actor=request.member,
        )
        return answer(alignment.pk, request, status=status.HTTP_201_CREATED)
