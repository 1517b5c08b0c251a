from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.serializers.connections import PushRowSerializer, PushSerializer, StartPushSerializer
from territory.connectors.pushing import counts_of
from territory.connectors.rollback import rollback_lines
from territory.models import Push, PushRow, PushRowState
from territory.services.pushes import retry_push, start_push
from workspace.exceptions import Invalid
from workspace.roles import ADMINS

STATE = OpenApiParameter("state", OpenApiTypes.STR, enum=PushRowState.values, description="Only rows of this state")


class PushViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Push]):
    """One alignment on its way to one CRM."""

    serializer_class = PushSerializer
    queryset = Push.objects.none()
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": ADMINS, "POST": ADMINS}

    def get_queryset(self) -> Any:
        return Push.objects.visible_to(self.request.member).select_related("alignment", "connection", "job")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(_shown(self.get_object()))

    @extend_schema(request=StartPushSerializer, responses={202: PushSerializer})
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Push what the comparison found; `confirmed` is its `n_to_push`. 412 when the alignment was edited since."""
        push = self.get_object()
        body = StartPushSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        start_push(push, actor=request.member, **body.validated_data)
        return Response(_shown(self.get_object()), status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: PushSerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Once more what was not taken."""
        retry_push(self.get_object(), actor=request.member)
        return Response(_shown(self.get_object()), status=status.HTTP_202_ACCEPTED)

    @extend_schema(parameters=[STATE], responses=PushRowSerializer(many=True))
    @action(detail=True, methods=["get"])
    def rows(self, request: Request, pk: str) -> Response:
        """Accounts that differ: before, after, and how it ended."""
        rows = PushRow.objects.visible_to(request.member).filter(push=self.get_object()).order_by("id")
        state = request.query_params.get("state")
        if state is not None:
            if state not in PushRowState.values:
                raise Invalid.field("state", "is not a state", value=state[:50], bound=", ".join(PushRowState.values))
            rows = rows.filter(state=state)
        return self.get_paginated_response(PushRowSerializer(self.paginate_queryset(rows), many=True).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="rollback.csv")
    def rollback(self, request: Request, pk: str) -> Any:
        """What the pushed accounts had before."""
        push = self.get_object()
        response = StreamingHttpResponse(rollback_lines(push), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="rollback-{push.pk}.csv"'
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _shown(push: Push) -> Any:
    return PushSerializer(push, context={"rows": {push.pk: counts_of(push)}}).data
