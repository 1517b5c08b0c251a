"""Several people on one alignment: who is here, and that something has changed."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.serializers.together import TogetherSerializer
from territory.api.streams import alignment_events
from territory.models import Alignment
from territory.together import people_here
from workspace.roles import READERS


class TogetherViewSet(viewsets.GenericViewSet[Alignment]):
    queryset = Alignment.objects.none()
    serializer_class = TogetherSerializer
    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    def get_queryset(self) -> Any:
        return Alignment.objects.visible_to(self.request.member)

    @extend_schema(responses=TogetherSerializer)
    @action(detail=True, methods=["get"])
    def together(self, request: Request, pk: str) -> Response:
        """The revision and who is here, for desks without a stream. Asking says that one is here."""
        alignment = self.get_object()
        state = {"revision": alignment.revision, "here": people_here(alignment, request.member)}
        return Response(TogetherSerializer(state).data)

    @extend_schema(responses={(200, "text/event-stream"): OpenApiTypes.STR, 204: None})
    @action(detail=True, methods=["get"], url_path="together/events", url_name="together-events")
    def together_events(self, request: Request, pk: str) -> HttpResponseBase:
        """Server-sent events: `state` whenever the revision or who is here changes. 204: no seat left, poll."""
        return alignment_events(self.get_object(), request.member)
