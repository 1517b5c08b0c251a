from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from workspace.api.events import job_events
from workspace.api.serializers import (
    JobSerializer,
    MemberSerializer,
    SessionSerializer,
    SwitchWorkspaceSerializer,
    TeamSerializer,
)
from workspace.middleware import SESSION_KEY, find_member
from workspace.models import ApiToken, Job, Member, Team
from workspace.roles import ADMINS, EVERYONE, OPERATORS, READERS
from workspace.services.jobs import cancel_job
from workspace.services.tenants import change_role, create_team, update_team


class SessionView(APIView):
    """Who is signed in, where, and what the pages need to start."""

    roles = {"GET": EVERYONE, "PATCH": EVERYONE}

    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        return Response(
            SessionSerializer(_session(request.member, is_by_token=isinstance(request.auth, ApiToken))).data
        )

    @extend_schema(request=SwitchWorkspaceSerializer, responses=SessionSerializer)
    def patch(self, request: Request) -> Response:
        """Switch to another of the user's workspaces."""
        body = SwitchWorkspaceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = body.validated_data["workspace_id"]
        if not request.user.memberships.filter(workspace_id=chosen).exists():
            raise Http404
        request.session[SESSION_KEY] = chosen
        return Response(SessionSerializer(_session(find_member(request))).data)


def _session(member: Member, *, is_by_token: bool = False) -> dict[str, Any]:
    memberships = member.user.memberships.select_related("workspace").order_by("id")
    if is_by_token:
        # A token belongs to one workspace, and tells of no other.
        memberships = memberships.filter(pk=member.pk)
    return {
        "user": member.user,
        "member": member,
        "workspace": member.workspace,
        "workspaces": [{"id": m.workspace_id, "name": m.workspace.name, "role": m.role} for m in memberships],
        "basemap": {"url": settings.BASEMAP_URL or None, "attribution": settings.BASEMAP_ATTRIBUTION},
    }


class TeamViewSet(mixins.ListModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet):
    serializer_class = TeamSerializer
    queryset = Team.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "patch", "head", "options"]
    roles = {"GET": READERS, "POST": OPERATORS, "PATCH": OPERATORS}

    def get_queryset(self) -> Any:
        return Team.objects.visible_to(self.request.member).order_by("id")

    def perform_create(self, serializer: BaseSerializer[Team]) -> None:
        serializer.instance = create_team(actor=self.request.member, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Team]) -> None:
        serializer.instance = update_team(serializer.instance, actor=self.request.member, **serializer.validated_data)


class MemberViewSet(mixins.ListModelMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet):
    serializer_class = MemberSerializer
    queryset = Member.objects.none()
    pagination_class = None
    http_method_names = ["get", "patch", "head", "options"]
    roles = {"GET": READERS, "PATCH": ADMINS}

    def get_queryset(self) -> Any:
        return Member.objects.visible_to(self.request.member).select_related("user").order_by("id")

    def perform_update(self, serializer: BaseSerializer[Member]) -> None:
        role = serializer.validated_data.get("role", serializer.instance.role)
        serializer.instance = change_role(serializer.instance, role=role, actor=self.request.member)


class JobViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Long work: its progress, its end, and a way to stop it."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": OPERATORS}

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.member)

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return Response(JobSerializer(cancel_job(self.get_object(), actor=request.member)).data)

    @extend_schema(responses={(200, "text/event-stream"): OpenApiTypes.STR})
    @action(detail=True, methods=["get"])
    def events(self, request: Request, pk: str) -> Any:
        """Server-sent events: `progress` on every change, `done` at the end. Reconnecting is harmless."""
        return job_events(self.get_object())
