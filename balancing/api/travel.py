"""Drives by road: measured by a job, and looked at."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from balancing.api.measures import as_id, visible_alignment
from balancing.api.travel_serializers import (
    IsochroneMinutesSerializer,
    IsochronesSerializer,
    RequestTravelSerializer,
    TravelMeasurementSerializer,
    TravelSerializer,
)
from balancing.services.travel import request_travel, travel_of
from balancing.travel.around import around
from territory.models import Territory
from workspace.roles import PLANNERS, READERS


class TravelView(APIView):
    """What a territory's drives take, by an engine and of a day."""

    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": PLANNERS}

    @extend_schema(responses=TravelSerializer)
    def get(self, request: Request, pk: str) -> Response:
        """The last measurement beside the estimate, and whether it still holds."""
        return Response(TravelSerializer(travel_of(visible_alignment(request.member, pk))).data)

    @extend_schema(
        request=RequestTravelSerializer,
        responses={202: TravelMeasurementSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
    )
    def post(self, request: Request, pk: str) -> Response:
        """Ask for a measurement; its job makes it."""
        alignment = visible_alignment(request.member, pk)
        body = RequestTravelSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked: dict[str, Any] = body.validated_data
        measurement = request_travel(
            alignment, **asked, idempotency_key=request.headers.get("Idempotency-Key"), actor=request.member
        )
        headers = {"Location": f"/api/v1/jobs/{measurement.job_id}"}
        return Response(TravelMeasurementSerializer(measurement).data, status=status.HTTP_202_ACCEPTED, headers=headers)


class IsochroneView(APIView):
    """How far one gets from where a territory's trips start."""

    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    @extend_schema(parameters=[IsochroneMinutesSerializer], responses=IsochronesSerializer)
    def get(self, request: Request, pk: str) -> Response:
        """Areas by road where a road network is known, else circles by the estimate."""
        found = Territory.objects.visible_to(request.member).select_related("rep").defer("boundary")
        territory = get_object_or_404(found, pk=as_id(pk))
        asked = IsochroneMinutesSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(IsochronesSerializer(around(territory, asked.validated_data["minutes"])).data)
