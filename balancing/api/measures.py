"""How an alignment measures up: scorecard, findings, comparison, trends."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from balancing.answers.everything import answer_all
from balancing.api.answer_serializers import AnswersSerializer, GrowthSerializer
from balancing.api.examples import FINDING, SCORECARD, SNAPSHOT
from balancing.api.measure_serializers import (
    AcceptFindingSerializer,
    ComparisonSerializer,
    FindingOfSerializer,
    FindingSerializer,
    ProposalSerializer,
    ScorecardSerializer,
    SnapshotSerializer,
)
from balancing.comparison import compare
from balancing.findings.everything import find_all
from balancing.findings.proposals import propose
from balancing.models import Snapshot
from balancing.scorecard.card import scorecard
from balancing.services.accepted_findings import accept_finding, reopen_finding
from territory.models import Alignment
from workspace.models import Member, Team
from workspace.roles import PLANNERS, READERS


def visible_alignment(member: Member, pk: Any) -> Alignment:
    """The alignment, or a 404 that does not tell a foreign one from none."""
    alignments = Alignment.objects.visible_to(member).select_related("workspace", "team", "unit_layer")
    return get_object_or_404(alignments, pk=as_id(pk))


def as_id(value: Any) -> int:
    """A path's or query's id; what is not an id of the database's range does not exist."""
    text = str(value or "")
    if not (text.isascii() and text.isdecimal() and int(text[:20]) < 2**63):
        raise Http404
    return int(text)


def _id_parameter(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, int, OpenApiParameter.QUERY, required=True, description=description)


class ScorecardView(APIView):
    """Totals, targets and balance of an alignment."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(responses=ScorecardSerializer, examples=[OpenApiExample("Scorecard", SCORECARD)])
    def get(self, request: Request, pk: str) -> Response:
        return Response(ScorecardSerializer(scorecard(visible_alignment(request.member, pk))).data)


class ComparisonView(APIView):
    """Two alignments side by side, and what going from one to the other would change."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(parameters=[_id_parameter("with", "The alignment to go to")], responses=ComparisonSerializer)
    def get(self, request: Request, pk: str) -> Response:
        before = visible_alignment(request.member, pk)
        after = visible_alignment(request.member, request.query_params.get("with"))
        return Response(ComparisonSerializer(compare(before, after)).data)


class FindingView(APIView):
    """What is wrong with an alignment, ranked by the money it touches."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(
        parameters=[_id_parameter("alignment", "The alignment to look at")],
        responses=FindingSerializer(many=True),
        examples=[OpenApiExample("Overloaded territory", FINDING)],
    )
    def get(self, request: Request) -> Response:
        alignment = visible_alignment(request.member, request.query_params.get("alignment"))
        return Response(FindingSerializer(find_all(alignment), many=True).data)


class AnswerView(APIView):
    """The five questions about an alignment, each answered in a sentence with figures."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(parameters=[GrowthSerializer], responses=AnswersSerializer)
    def get(self, request: Request, pk: str) -> Response:
        alignment = visible_alignment(request.member, pk)
        asked = GrowthSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(AnswersSerializer(answer_all(alignment, growth_rate=asked.validated_data["growth"])).data)


class ProposalView(APIView):
    """Ways out of an overlap or white space, each as one edit with what it would do; none for other findings."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(
        parameters=[
            _id_parameter("alignment", "The alignment to look at"),
            OpenApiParameter("finding", str, OpenApiParameter.QUERY, required=True, description="Id of the finding"),
        ],
        responses=ProposalSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        alignment = visible_alignment(request.member, request.query_params.get("alignment"))
        found = propose(alignment, request.query_params.get("finding", ""))
        return Response(ProposalSerializer(found, many=True).data)


class AcceptFindingView(APIView):
    """Live with a finding, for a reason and until a day."""

    http_method_names = ["post", "options"]
    roles = {"POST": PLANNERS}

    @extend_schema(request=AcceptFindingSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        body = AcceptFindingSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        alignment = visible_alignment(request.member, body.validated_data["alignment_id"])
        finding_id, reason, until = (body.validated_data[key] for key in ("finding_id", "reason", "until"))
        accept_finding(alignment, finding_id, reason=reason, until=until, actor=request.member)
        return Response(status=204)


class ReopenFindingView(APIView):
    """Do not live with a finding any longer."""

    http_method_names = ["post", "options"]
    roles = {"POST": PLANNERS}

    @extend_schema(request=FindingOfSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        body = FindingOfSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        alignment = visible_alignment(request.member, body.validated_data["alignment_id"])
        reopen_finding(alignment, body.validated_data["finding_id"], actor=request.member)
        return Response(status=204)


class SnapshotViewSet(viewsets.GenericViewSet):
    """Dated measurements of a team's live alignments: what trends are drawn from."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}
    serializer_class = SnapshotSerializer
    pagination_class = None
    queryset = Snapshot.objects.none()

    @extend_schema(
        parameters=[_id_parameter("team", "The team to look at")],
        responses=SnapshotSerializer(many=True),
        examples=[OpenApiExample("Snapshot", SNAPSHOT)],
    )
    def list(self, request: Request) -> Response:
        teams = Team.objects.visible_to(request.member)
        team = get_object_or_404(teams, pk=as_id(request.query_params.get("team")))
        snapshots = Snapshot.objects.visible_to(request.member).filter(team=team)
        return Response(SnapshotSerializer(snapshots, many=True).data)
