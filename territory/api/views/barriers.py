from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.serializers.barriers import (
    BarrierCollectionSerializer,
    BarrierFeatureSerializer,
    BarrierShapeSerializer,
    ChangeBarrierSerializer,
    CreateBarrierSerializer,
    PartedSerializer,
)
from territory.models import Barrier
from territory.reading.barriers import barrier_feature, barrier_features, parted_in_layers
from territory.services.barriers import create_barrier, delete_barrier, update_barrier
from workspace.roles import PLANNERS, READERS


class BarrierViewSet(viewsets.GenericViewSet[Barrier]):
    """Rivers, borders, ridges and restricted areas between units."""

    serializer_class = BarrierFeatureSerializer
    queryset = Barrier.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS, "PATCH": PLANNERS, "DELETE": PLANNERS}

    def get_queryset(self) -> Any:
        return Barrier.objects.visible_to(self.request.member).order_by("id")

    @extend_schema(responses={200: BarrierCollectionSerializer})
    def list(self, request: Request) -> Response:
        """All barriers as a GeoJSON FeatureCollection."""
        return Response(barrier_features(self.get_queryset()))

    @extend_schema(request=CreateBarrierSerializer, responses={201: BarrierFeatureSerializer})
    def create(self, request: Request) -> Response:
        """Add a barrier; who touches whom follows in every unit layer before the answer."""
        body = CreateBarrierSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        barrier = create_barrier(actor=request.member, **body.validated_data)
        return Response(barrier_feature(barrier), status=status.HTTP_201_CREATED)

    @extend_schema(request=ChangeBarrierSerializer, responses={200: BarrierFeatureSerializer})
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is sent, and nothing else."""
        barrier = self.get_object()
        body = ChangeBarrierSerializer(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        changed = update_barrier(barrier.pk, actor=request.member, **body.validated_data)
        return Response(barrier_feature(changed))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        delete_barrier(self.get_object().pk, actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BarrierShapeSerializer, responses={200: PartedSerializer(many=True)})
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What a barrier of this shape would part, before there is one."""
        body = BarrierShapeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(parted_in_layers(request.member, body.validated_data["shape"], body.validated_data["bridges"]))
