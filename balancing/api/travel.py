"""Drives by road: measured by a job, and looked at."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from balancing.api.measures import visible_alignment
from balancing.api.travel_serializers import RequestTravelSerializer, TravelMeasurementSerializer, TravelSerializer
from balancing.services.travel import request_travel, travel_of
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
