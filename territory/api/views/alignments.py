from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.if_match import etag, revision_of
from territory.api.serializers.alignments import (
    AlignmentSerializer,
    ConversionRequestSerializer,
    ConversionSerializer,
    CreateAlignmentSerializer,
    PublishSerializer,
    UpdateAlignmentSerializer,
)
from territory.api.stale import with_changes
from territory.models import Alignment, Basis, UnitLayer
from territory.operations.planned import require_basis
from territory.reading.alignments import alignments_visible_to, describe, described
from territory.reading.conversion import preview_conversion
from territory.services.alignments import (
    archive_alignment,
    delete_alignment,
    propose_alignment,
    publish_alignment,
    restore_alignment,
    update_alignment,
)
from territory.services.create_alignment import create_alignment, ready_layer
from workspace.exceptions import Invalid
from workspace.models import Team
from workspace.roles import PLANNERS, READERS

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description="The revision you edited, quoted."
)


class AlignmentViewSet(viewsets.GenericViewSet[Alignment]):
    """Complete plans: one live per team, and the scenarios beside it."""

    serializer_class = AlignmentSerializer
    queryset = Alignment.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS, "PATCH": PLANNERS, "DELETE": PLANNERS}

    def get_queryset(self) -> Any:
        return alignments_visible_to(self.request.member)

    @extend_schema(
        parameters=[
            OpenApiParameter("state", OpenApiTypes.STR, description="draft, proposed, live or archived"),
            OpenApiParameter("team", OpenApiTypes.INT),
        ],
        responses=AlignmentSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        found = self.get_queryset()
        if state := request.query_params.get("state"):
            found = found.filter(state=state)
        if team := request.query_params.get("team"):
            found = found.filter(team_id=int(team)) if team.isdecimal() else found.none()
        return Response(AlignmentSerializer(describe(list(found), request.member), many=True).data)

    @extend_schema(request=CreateAlignmentSerializer, responses={201: AlignmentSerializer})
    def create(self, request: Request) -> Response:
        """A new scenario: blank, from the CRM owners, from a unit layer and the reps' homes, or a copy."""
        body = CreateAlignmentSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = dict(body.validated_data)
        alignment = create_alignment(
            actor=request.member,
            team=named(Team, request, "team_id", fields.pop("team_id")),
            unit_layer=named(UnitLayer, request, "unit_layer_id", fields.pop("unit_layer_id", None)),
            copy_of=named(Alignment, request, "copy_of", fields.pop("copy_of", None)),
            **fields,
        )
        return answer(alignment.pk, request, status=status.HTTP_201_CREATED)

    @extend_schema(responses=AlignmentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return answer(self.get_object().pk, request)

    @extend_schema(request=UpdateAlignmentSerializer, responses=AlignmentSerializer, parameters=[IF_MATCH])
    @with_changes
    def partial_update(self, request: Request, pk: str) -> Response:
        body = UpdateAlignmentSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        alignment_id = self.get_object().pk
        update_alignment(alignment_id, revision=revision_of(request), actor=request.member, **body.validated_data)
        return answer(alignment_id, request)

    @extend_schema(responses={204: None}, parameters=[IF_MATCH])
    @with_changes
    def destroy(self, request: Request, pk: str) -> Response:
        delete_alignment(self.get_object().pk, revision=revision_of(request), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ConversionRequestSerializer, responses=ConversionSerializer)
    @action(detail=True, methods=["post"])
    def conversion(self, request: Request, pk: str) -> Response:
        """What drawn territories would have if they were made of a layer's units. Makes nothing."""
        alignment = self.get_object()
        body = ConversionRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        require_basis(alignment, Basis.DRAWN)
        layer = ready_layer(named(UnitLayer, request, "unit_layer_id", body.validated_data["unit_layer_id"]))
        preview = preview_conversion(alignment, layer, body.validated_data["rule"])
        return Response(ConversionSerializer(preview).data)

    @extend_schema(request=None, responses=AlignmentSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def propose(self, request: Request, pk: str) -> Response:
        alignment_id = self.get_object().pk
        propose_alignment(alignment_id, revision=revision_of(request), actor=request.member)
        return answer(alignment_id, request)

    @extend_schema(request=None, responses=AlignmentSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def archive(self, request: Request, pk: str) -> Response:
        """Put a scenario away; it stays readable."""
        alignment_id = self.get_object().pk
        archive_alignment(alignment_id, revision=revision_of(request), actor=request.member)
        return answer(alignment_id, request)

    @extend_schema(request=None, responses=AlignmentSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def restore(self, request: Request, pk: str) -> Response:
        """Take an archived scenario up again."""
        alignment_id = self.get_object().pk
        restore_alignment(alignment_id, revision=revision_of(request), actor=request.member)
        return answer(alignment_id, request)

    @extend_schema(request=PublishSerializer, responses=AlignmentSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def publish(self, request: Request, pk: str) -> Response:
        """Make it the team's live alignment; the one that was live is archived."""
        body = PublishSerializer(data=request.data or {})
        body.is_valid(raise_exception=True)
        alignment_id = self.get_object().pk
        publish_alignment(alignment_id, revision=revision_of(request), actor=request.member, **body.validated_data)
        return answer(alignment_id, request)


def answer(alignment_id: int, request: Request, *, status: int = 200) -> Response:
    alignment = described(alignment_id, request.member)
    response = Response(AlignmentSerializer(alignment).data, status=status)
    response["ETag"] = etag(alignment.revision)
    return response


def named(model: Any, request: Request, field: str, pk: int | None) -> Any:
    """The object a field of the body names; a foreign one answers exactly like one that does not exist."""
    if pk is None:
        return None
    try:
        return model.objects.visible_to(request.member).get(pk=pk)
    except model.DoesNotExist:
        raise Invalid.field(field, "there is no such thing here", value=pk) from None
