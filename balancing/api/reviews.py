"""Reviews of the plan in force, and when they are held."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from balancing.api.measures import as_id
from balancing.api.review_serializers import (
    CreateReviewScheduleSerializer,
    HoldReviewSerializer,
    ReviewScheduleSerializer,
    ReviewSerializer,
    ReviewTrendSerializer,
    WholeReviewSerializer,
    WriteReviewScheduleSerializer,
)
from balancing.models import Review, ReviewSchedule
from balancing.reviews.trend import trend_of
from balancing.services.review_schedules import create_schedule, delete_schedule, update_schedule
from balancing.services.reviews import hold_review
from workspace.models import Member, Team
from workspace.roles import PLANNERS, READERS


def _team(member: Member, pk: Any) -> Team:
    return get_object_or_404(Team.objects.visible_to(member), pk=as_id(pk))


def _today(member: Member) -> date:
    return timezone.localdate(timezone=ZoneInfo(member.workspace.time_zone))


class ReviewScheduleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ReviewSchedule]):
    """When a team's plan in force is reviewed, what is watched, and who is told."""

    serializer_class = ReviewScheduleSerializer
    queryset = ReviewSchedule.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS, "PATCH": PLANNERS, "DELETE": PLANNERS}

    def get_queryset(self) -> Any:
        return ReviewSchedule.objects.visible_to(self.request.member).select_related("team")

    @extend_schema(request=CreateReviewScheduleSerializer, responses={201: ReviewScheduleSerializer})
    def create(self, request: Request) -> Response:
        body = CreateReviewScheduleSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = body.validated_data
        team = _team(request.member, fields.pop("team_id"))
        schedule = create_schedule(team, today=_today(request.member), actor=request.member, **fields)
        return Response(ReviewScheduleSerializer(schedule).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=WriteReviewScheduleSerializer(partial=True), responses=ReviewScheduleSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        schedule = self.get_object()
        body = WriteReviewScheduleSerializer(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        changed = update_schedule(schedule, today=_today(request.member), actor=request.member, **body.validated_data)
        return Response(ReviewScheduleSerializer(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Its reviews stay."""
        delete_schedule(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReviewViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Review]):
    """Dated looks at the plan in force: what drifted since the one before, and what raised an alarm."""

    queryset = Review.objects.none()
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS}

    def get_queryset(self) -> Any:
        reviews = Review.objects.visible_to(self.request.member)
        reviews = reviews.select_related("schedule", "team", "job", "held_by__user")
        if self.action == "list":
            reviews = reviews.defer("territories")
            if team := self.request.query_params.get("team"):
                reviews = reviews.filter(team=_team(self.request.member, team))
        return reviews.prefetch_related("mails__member__user")

    def get_serializer_class(self) -> Any:
        return ReviewSerializer if self.action == "list" else WholeReviewSerializer

    @extend_schema(parameters=[OpenApiParameter("team", int, OpenApiParameter.QUERY, description="Only this team's")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=HoldReviewSerializer, responses={201: WholeReviewSerializer})
    def create(self, request: Request) -> Response:
        """Hold one now, beside the team's latest."""
        body = HoldReviewSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        team = _team(request.member, body.validated_data["team_id"])
        review = hold_review(team, measured_on=_today(request.member), actor=request.member)
        return Response(WholeReviewSerializer(review).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[OpenApiParameter("team", int, OpenApiParameter.QUERY, required=True, description="The team")],
        responses=ReviewTrendSerializer,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def trend(self, request: Request) -> Response:
        """Each metric and territory over the team's latest reviews."""
        team = _team(request.member, request.query_params.get("team"))
        return Response(ReviewTrendSerializer(trend_of(team)).data)
