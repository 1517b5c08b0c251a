from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from territory.api.serializers.connections import (
    ConnectionSerializer,
    ConnectorKindSerializer,
    CreateConnectionSerializer,
    PlanPushSerializer,
    ProtectAccountsSerializer,
    PushSerializer,
    UpdateConnectionSerializer,
)
from territory.connectors.registry import KINDS
from territory.models import Alignment, Connection, Push
from territory.services.connections import (
    check_connection,
    create_connection,
    delete_connection,
    protect_accounts,
    pull_accounts,
    update_connection,
)
from territory.services.pushes import plan_push
from workspace.roles import ADMINS


class ConnectionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Connection]):
    """CRMs that accounts come from and assignments go to."""

    serializer_class = ConnectionSerializer
    queryset = Connection.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options"]
    roles = {"GET": ADMINS, "POST": ADMINS, "PUT": ADMINS, "PATCH": ADMINS, "DELETE": ADMINS}

    def get_queryset(self) -> Any:
        return Connection.objects.visible_to(self.request.member).select_related("job").order_by("id")

    @extend_schema(responses=ConnectorKindSerializer(many=True))
    @action(detail=False, methods=["get"])
    def kinds(self, request: Request) -> Response:
        """Which CRMs there are, and what each asks for."""
        return Response(ConnectorKindSerializer(KINDS, many=True).data)

    @extend_schema(request=CreateConnectionSerializer, responses={201: ConnectionSerializer})
    def create(self, request: Request) -> Response:
        body = CreateConnectionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        connection = create_connection(actor=request.member, **body.validated_data)
        return Response(ConnectionSerializer(connection).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=UpdateConnectionSerializer(partial=True), responses=ConnectionSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Name, settings or all credentials anew."""
        connection = self.get_object()
        body = UpdateConnectionSerializer(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        update_connection(connection, actor=request.member, **body.validated_data)
        return Response(ConnectionSerializer(self.get_object()).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """With its pushes and their rollback files."""
        delete_connection(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: ConnectionSerializer})
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        """Try the sign-in, by a job."""
        connection = check_connection(self.get_object(), actor=request.member)
        return Response(ConnectionSerializer(connection).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: ConnectionSerializer})
    @action(detail=True, methods=["post"])
    def pull(self, request: Request, pk: str) -> Response:
        """Read accounts that changed since the last pull, by a job."""
        connection = pull_accounts(self.get_object(), actor=request.member)
        return Response(ConnectionSerializer(connection).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=ProtectAccountsSerializer, responses=ConnectionSerializer)
    @action(detail=True, methods=["put"])
    def protected(self, request: Request, pk: str) -> Response:
        """Accounts that are held back until a date."""
        connection = self.get_object()
        body = ProtectAccountsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        protect_accounts(connection, actor=request.member, **body.validated_data)
        return Response(ConnectionSerializer(self.get_object()).data)

    @extend_schema(methods=["GET"], responses=PushSerializer(many=True))
    @extend_schema(methods=["POST"], request=PlanPushSerializer, responses={202: PushSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=api_settings.DEFAULT_PAGINATION_CLASS)
    def pushes(self, request: Request, pk: str) -> Response:
        """GET: the newest first. POST: compare an alignment with the CRM, by a job; nothing is changed there."""
        connection = self.get_object()
        if request.method == "GET":
            newest = Push.objects.visible_to(request.member).filter(connection=connection)
            page = self.paginate_queryset(newest.select_related("alignment", "job").order_by("-id"))
            return self.get_paginated_response(PushSerializer(page, many=True).data)
        body = PlanPushSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        visible = Alignment.objects.visible_to(request.member)
        alignment = get_object_or_404(visible, pk=body.validated_data["alignment"])
        push = plan_push(connection, alignment=alignment, actor=request.member)
        return Response(PushSerializer(push).data, status=status.HTTP_202_ACCEPTED)
