from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.if_match import revision_of
from territory.api.serializers.edits import EditedSerializer
from territory.api.serializers.unit_assignments import (
    AssignFromSheetSerializer,
    SheetPlanSerializer,
    UnitSheetSerializer,
)
from territory.api.stale import with_changes
from territory.api.views.alignments import IF_MATCH
from territory.api.views.boundary_files import FORM_BYTES
from territory.api.views.editing import answer_edited
from territory.models import Alignment, Basis
from territory.operations.planned import require_basis
from territory.services.unit_assignments import assign_from_sheet, plan_unit_assignments
from territory.unit_sheets.matching import MatchChoices
from territory.unit_sheets.reading import UPLOAD_MAX_BYTES, SheetChoices, UnitSheet, read_unit_sheet
from workspace.exceptions import TooLarge
from workspace.roles import PLANNERS


class UnitAssignmentViewSet(viewsets.GenericViewSet[Alignment]):
    """Sheets of unit codes and territories ("block-equivalency files") into an alignment."""

    serializer_class = EditedSerializer
    queryset = Alignment.objects.none()
    http_method_names = ["post", "head", "options"]
    parser_classes = [MultiPartParser]
    roles = {"POST": PLANNERS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything reads the body.
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > UPLOAD_MAX_BYTES + FORM_BYTES:
            raise TooLarge(f"The upload has {length:,} bytes; {UPLOAD_MAX_BYTES:,} are the most.")
        super().initial(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return Alignment.objects.visible_to(self.request.member)

    @extend_schema(
        request={"multipart/form-data": AssignFromSheetSerializer}, responses=EditedSerializer, parameters=[IF_MATCH]
    )
    @action(detail=True, methods=["post"], url_path="unit-assignments")
    @with_changes
    def unit_assignments(self, request: Request, pk: str) -> Response:
        """Give units to the territories that the sheet names: one edit, which can be undone."""
        alignment = self.get_object()
        body = AssignFromSheetSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sheet, choices = _read(alignment, body.validated_data)
        edited = assign_from_sheet(
            alignment.pk,
            sheet=sheet,
            choices=choices,
            skip_problems=body.validated_data["skip_problems"],
            revision=revision_of(request),
            actor=request.member,
        )
        return answer_edited(edited, request)

    @extend_schema(request={"multipart/form-data": UnitSheetSerializer}, responses=SheetPlanSerializer)
    @action(detail=True, methods=["post"], url_path="unit-assignments/plan")
    def unit_assignments_plan(self, request: Request, pk: str) -> Response:
        """What the sheet says, what of it cannot be taken and why, and what it would move. Changes nothing."""
        alignment = self.get_object()
        body = UnitSheetSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sheet, choices = _read(alignment, body.validated_data)
        plan = plan_unit_assignments(alignment, sheet, choices)
        return Response(SheetPlanSerializer(plan.as_dict()).data)


def _read(alignment: Alignment, said: dict[str, Any]) -> tuple[UnitSheet, MatchChoices]:
    require_basis(alignment, Basis.UNITS)
    upload = said["file"]
    chosen = SheetChoices(said.get("sheet", ""), said.get("unit_column", ""), said.get("territory_column", ""))
    sheet = read_unit_sheet(upload.file, filename=upload.name, size=upload.size, choices=chosen)
    return sheet, MatchChoices(said["rest"], said["create_territories"], said["pad_codes"])
