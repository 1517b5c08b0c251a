from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from workspace.models import Delivery, EventKind, Webhook
from workspace.roles import ADMINS
from workspace.services.webhooks import create_webhook, delete_webhook, redeliver, send_ping, update_webhook


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    class Meta:
        model = Delivery
        fields = [
            "id", "event_id", "kind", "payload", "state", "attempts", "next_attempt_at", "last_status", "last_error",
            "created_at", "delivered_at",
        ]  # fmt: skip
        read_only_fields = fields


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    last_delivery = serializers.SerializerMethodField()

    class Meta:
        model = Webhook
        fields = ["id", "url", "events", "is_active", "created_at", "last_delivery"]
        read_only_fields = fields

    @extend_schema_field(DeliverySerializer(allow_null=True))
    def get_last_delivery(self, webhook: Webhook) -> Any:
        newest = next(iter(getattr(webhook, "newest", ())), None)
        return None if newest is None else DeliverySerializer(newest).data


class CreatedWebhookSerializer(WebhookSerializer):
    secret = serializers.SerializerMethodField()

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]

    def get_secret(self, webhook: Webhook) -> str:
        """Shown in this answer only."""
        return str(self.context["secret"])


class CreateWebhookSerializer(serializers.Serializer[object]):
    url = serializers.CharField(max_length=2000)
    events = serializers.ListField(child=serializers.ChoiceField(choices=EventKind.choices), allow_empty=False)


class UpdateWebhookSerializer(CreateWebhookSerializer):
    is_active = serializers.BooleanField()


class WebhookViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Webhook]):
    """Addresses that are told of events."""

    serializer_class = WebhookSerializer
    queryset = Webhook.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    roles = {"GET": ADMINS, "POST": ADMINS, "PATCH": ADMINS, "DELETE": ADMINS}

    def get_queryset(self) -> Any:
        newest = Delivery.objects.order_by("webhook_id", "-id").distinct("webhook_id")
        return (
            Webhook.objects.visible_to(self.request.member)
            .order_by("id")
            .prefetch_related(Prefetch("deliveries", queryset=newest, to_attr="newest"))
        )

    @extend_schema(request=CreateWebhookSerializer, responses={201: CreatedWebhookSerializer})
    def create(self, request: Request) -> Response:
        body = CreateWebhookSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        webhook, secret = create_webhook(actor=request.member, **body.validated_data)
        answer = CreatedWebhookSerializer(webhook, context={"secret": secret})
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=UpdateWebhookSerializer(partial=True), responses=WebhookSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        webhook = self.get_object()
        body = UpdateWebhookSerializer(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        update_webhook(webhook, actor=request.member, **body.validated_data)
        return Response(WebhookSerializer(self.get_object()).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """With its deliveries."""
        delete_webhook(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=DeliverySerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=api_settings.DEFAULT_PAGINATION_CLASS)
    def deliveries(self, request: Request, pk: str) -> Response:
        """The newest first; kept for 30 days."""
        newest = Delivery.objects.visible_to(request.member).filter(webhook=self.get_object())
        page = self.paginate_queryset(newest)
        return self.get_paginated_response(DeliverySerializer(page, many=True).data)

    @extend_schema(request=None, responses={202: DeliverySerializer})
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str) -> Response:
        """Send a `ping`."""
        sent = send_ping(self.get_object(), actor=request.member)
        return Response(DeliverySerializer(sent).data, status=status.HTTP_202_ACCEPTED)


class DeliveryViewSet(viewsets.GenericViewSet[Delivery]):
    serializer_class = DeliverySerializer
    queryset = Delivery.objects.none()
    http_method_names = ["post", "head", "options"]
    roles = {"POST": ADMINS}

    def get_queryset(self) -> Any:
        return Delivery.objects.visible_to(self.request.member)

    @extend_schema(request=None, responses={202: DeliverySerializer})
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Request, pk: str) -> Response:
        """Send it once more under its old id."""
        sent = redeliver(self.get_object(), actor=request.member)
        return Response(DeliverySerializer(sent).data, status=status.HTTP_202_ACCEPTED)
