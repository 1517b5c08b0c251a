"""Optimizer runs: start, watch, cancel, and decide on the proposal."""

from dataclasses import asdict
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from balancing.api.examples import MOVE, NEW_RUN, OUTLOOK, RUN
from balancing.api.measures import as_id, visible_alignment
from balancing.api.run_serializers import (
    AcceptRunSerializer,
    BestPlanSerializer,
    MoveSerializer,
    MovesPreviewSerializer,
    OutlookSerializer,
    PickMovesSerializer,
    RunSerializer,
)
from balancing.api.run_settings_serializers import NewRunSerializer
from balancing.models import Move, Run
from balancing.picking import pick_moves, preview
from balancing.problems.proofs import look_ahead
from balancing.runner.best_plan import read_best
from balancing.services.kept_moves import keep_moves
from balancing.services.run_settings import check_alignment, check_settings
from balancing.services.runs import accept_run, cancel_run, discard_run, start_run
from territory.api.if_match import etag
from territory.api.serializers.alignments import AlignmentSerializer
from territory.reading.alignments import described
from workspace.models import JobState
from workspace.roles import PLANNERS, READERS

_IDEMPOTENCY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Makes a retry harmless")


class MovePagination(api_settings.DEFAULT_PAGINATION_CLASS):
    ordering = "position"


class RunViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    serializer_class = RunSerializer
    queryset = Run.objects.none()
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS}

    def get_queryset(self) -> Any:
        runs = Run.objects.visible_to(self.request.member).select_related("job", "member__user", "alignment__workspace")
        wanted = self.request.query_params.get("alignment") if self.action == "list" else None
        return runs if wanted is None else runs.filter(alignment_id=as_id(wanted))

    @extend_schema(parameters=[OpenApiParameter("alignment", int)], examples=[OpenApiExample("Run", RUN)])
    def list(self, request: Request, *args: Any, **values: Any) -> Response:
        """Newest first; of one alignment with `?alignment=`."""
        return super().list(request, *args, **values)

    @extend_schema(
        parameters=[_IDEMPOTENCY],
        request=NewRunSerializer,
        responses={202: RunSerializer},
        examples=[
            OpenApiExample("Accounts and revenue", NEW_RUN, request_only=True),
            OpenApiExample("Run", RUN, response_only=True, status_codes=["202"]),
        ],
    )
    def create(self, request: Request) -> Response:
        """Queue a run. Its result is a new draft; the alignment itself is never touched."""
        body = NewRunSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        run = start_run(
            visible_alignment(request.member, body.validated_data["alignment_id"]),
            actor=request.member,
            settings=body.settings(),
            idempotency_key=request.headers.get("Idempotency-Key"),
        )
        return Response(RunSerializer(run).data, status=202, headers={"Location": f"/api/v1/jobs/{run.job_id}"})

    @extend_schema(
        request=NewRunSerializer,
        responses=OutlookSerializer,
        examples=[
            OpenApiExample("Accounts and revenue", NEW_RUN, request_only=True),
            OpenApiExample("Outlook", OUTLOOK, response_only=True),
        ],
    )
    @action(detail=False, methods=["post"])
    def check(self, request: Request) -> Response:
        """What is proved about a run before it starts: which limits cannot be met, and what could. Writes nothing."""
        body = NewRunSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        alignment = visible_alignment(request.member, body.validated_data["alignment_id"])
        check_settings(body.settings())
        check_alignment(alignment, body.settings())
        return Response(OutlookSerializer(look_ahead(alignment, body.settings())).data)

    @extend_schema(responses=MoveSerializer(many=True), examples=[OpenApiExample("Move", MOVE)])
    @action(detail=True, methods=["get"], pagination_class=MovePagination)
    def moves(self, request: Request, pk: str) -> Response:
        """From the alignment the run started from to its proposal, one unit at a time, in a sensible order."""
        run = self.get_object()
        moves = Move.objects.filter(workspace_id=run.workspace_id, run=run).select_related(
            "unit", "from_territory", "to_territory"
        )
        page = self.paginate_queryset(
            moves.defer("unit__boundary", "from_territory__boundary", "to_territory__boundary")
        )
        return self.get_paginated_response(MoveSerializer(page, many=True).data)

    @extend_schema(request=PickMovesSerializer, responses=MovesPreviewSerializer)
    @action(detail=True, methods=["post"], url_path="moves/preview")
    def preview_moves(self, request: Request, pk: str) -> Response:
        """What some of the moves would do to the alignment as it is now. Writes nothing."""
        run = self.get_object()
        body = PickMovesSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        shown = preview(run, pick_moves(run, body.validated_data["positions"]))
        return Response(MovesPreviewSerializer(shown).data)

    @extend_schema(responses=BestPlanSerializer)
    @action(detail=True, methods=["get"])
    def best(self, request: Request, pk: str) -> Response:
        """The best plan so far while the run works; it is saved nowhere. 404 where there is none to show."""
        job = self.get_object().job
        is_wanted = job.state == JobState.RUNNING and not job.cancel_requested
        plan = read_best(job) if is_wanted else None
        if plan is None:
            raise Http404
        # Checked by nobody twice: two long lists of ids that this system wrote itself.
        return Response(asdict(plan))

    @extend_schema(request=None, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Ask it to stop; nothing is written. A finished run stays as it is."""
        return Response(RunSerializer(cancel_run(self.get_object(), actor=request.member)).data)

    @extend_schema(request=AcceptRunSerializer, responses=AlignmentSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Keep the proposal as a scenario, or only some of its moves: then everything else stays as it is now.

        Moves that no longer fit are refused, all of them, with `blocked` and the `positions_left`.
        """
        run = self.get_object()
        body = AcceptRunSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if "positions" in body.validated_data:
            alignment = keep_moves(run, actor=request.member, **body.validated_data)
        else:
            alignment = accept_run(run, actor=request.member, name=body.validated_data["name"])
        shown = AlignmentSerializer(described(alignment.pk, request.member))
        return Response(shown.data, headers={"ETag": etag(alignment.revision)})

    @extend_schema(request=None, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        """Delete the proposal; the run and what it found stay."""
        return Response(RunSerializer(discard_run(self.get_object(), actor=request.member)).data)
