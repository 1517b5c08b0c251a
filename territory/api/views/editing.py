from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.if_match import etag, revision_of
from territory.api.serializers.alignments import AlignmentSerializer
from territory.api.serializers.edits import (
    EDIT_REQUEST,
    EditedSerializer,
    EditPlanSerializer,
    NameVersionSerializer,
    OpenDraftSerializer,
    StepOfTrendSerializer,
    UndoSerializer,
    parse_edit,
)
from territory.api.stale import with_changes
from territory.api.views.alignments import IF_MATCH, answer
from territory.history import changes_of
from territory.models import Alignment
from territory.reading.alignments import described
from territory.reading.territories import territory_rows
from territory.reading.trend import latest_steps
from territory.services.edit_alignment import Edited, edit_alignment, plan_edit, redo_edit, undo_edit
from territory.services.name_version import name_version
from territory.services.open_draft import open_draft
from workspace.api.serializers import ChangeSerializer
from workspace.roles import PLANNERS, READERS

_PAINT = OpenApiExample(
    "Paint two units", value={"op": "assign_units", "unit_ids": [101, 102], "territory_id": 31}, request_only=True
)


class EditingViewSet(viewsets.GenericViewSet[Alignment]):
    """Editing an alignment: every edit carries the revision it was made on, and can be undone."""

    serializer_class = EditedSerializer
    queryset = Alignment.objects.none()
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS}

    def get_queryset(self) -> Any:
        return Alignment.objects.visible_to(self.request.member)

    @extend_schema(request=EDIT_REQUEST, responses=EditedSerializer, parameters=[IF_MATCH], examples=[_PAINT])
    @action(detail=True, methods=["post"])
    @with_changes
    def edits(self, request: Request, pk: str) -> Response:
        """One operation, all of it or nothing. Locked territories neither gain nor lose: 409 `locked`."""
        alignment_id = self.get_object().pk
        operation, arguments = parse_edit(request.data)
        edited = edit_alignment(
            alignment_id,
            operation=operation,
            arguments=arguments,
            revision=revision_of(request),
            actor=request.member,
        )
        return answer_edited(edited, request)

    @extend_schema(request=UndoSerializer, responses=EditedSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def undo(self, request: Request, pk: str) -> Response:
        """Take back your own latest edit; where others came later, 409 says how much of it could be taken back."""
        body = UndoSerializer(data=request.data or {})
        body.is_valid(raise_exception=True)
        alignment_id = self.get_object().pk
        edited = undo_edit(alignment_id, revision=revision_of(request), actor=request.member, **body.validated_data)
        return answer_edited(edited, request)

    @extend_schema(request=None, responses=EditedSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    @with_changes
    def redo(self, request: Request, pk: str) -> Response:
        """Do again what you undid last."""
        return answer_edited(
            redo_edit(self.get_object().pk, revision=revision_of(request), actor=request.member), request
        )

    @extend_schema(request=EDIT_REQUEST, responses=EditPlanSerializer)
    @action(detail=True, methods=["post"])
    def plan(self, request: Request, pk: str) -> Response:
        """What an edit would do to the units, without doing it."""
        alignment = self.get_object()
        operation, arguments = parse_edit(request.data)
        planned = plan_edit(alignment, operation=operation, arguments=arguments)
        body = {
            "label": planned.label,
            "unit_ids": list(planned.patch.units),
            "territory_ids": [after for _, after in planned.patch.units.values()],
            "added": [{"id": pk, **fields} for pk, fields in planned.patch.created.items()],
        }
        return Response(EditPlanSerializer(body).data)

    @extend_schema(request=OpenDraftSerializer, responses={201: AlignmentSerializer})
    @action(detail=True, methods=["post"])
    def drafts(self, request: Request, pk: str) -> Response:
        """The alignment as it was at a revision, as a scenario of its own; with `edit`, that on top."""
        alignment = self.get_object()
        body = OpenDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = dict(body.validated_data)
        edit = fields.pop("edit", None)
        if edit is not None:
            fields["operation"], fields["arguments"] = parse_edit(edit)
        draft = open_draft(alignment, actor=request.member, **fields)
        return answer(draft.pk, request, status=status.HTTP_201_CREATED)

    @extend_schema(request=NameVersionSerializer, responses={201: ChangeSerializer})
    @action(detail=True, methods=["post"])
    def versions(self, request: Request, pk: str) -> Response:
        """Name a point of the history; the name stands among the changes, with that revision."""
        alignment = self.get_object()
        body = NameVersionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        named = name_version(alignment, actor=request.member, **body.validated_data)
        return Response(ChangeSerializer(named).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[OpenApiParameter("since_revision", OpenApiTypes.INT)], responses=ChangeSerializer(many=True)
    )
    @action(detail=True, methods=["get"], filter_backends=[])
    def changes(self, request: Request, pk: str) -> Response:
        """The history, newest first."""
        found = changes_of(get_object_or_404(self.get_queryset(), pk=pk))
        since = request.query_params.get("since_revision", "")
        if since.isdecimal():
            found = found.filter(revision_after__gt=int(since))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(ChangeSerializer(page, many=True).data)

    @extend_schema(responses=StepOfTrendSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def trend(self, request: Request, pk: str) -> Response:
        """The latest edits, newest first, each with what it moved from territory to territory by today's figures."""
        alignment = get_object_or_404(self.get_queryset(), pk=pk)
        return Response(StepOfTrendSerializer(latest_steps(alignment), many=True).data)


def answer_edited(edited: Edited, request: Request) -> Response:
    alignment = described(edited.alignment.pk, request.member)
    body = {
        "alignment": alignment,
        "change": edited.change,
        "territories": territory_rows(alignment, edited.territory_ids),
        "n_accounts_moved": edited.n_accounts_moved,
    }
    response = Response(EditedSerializer(body).data)
    response["ETag"] = etag(alignment.revision)
    return response
