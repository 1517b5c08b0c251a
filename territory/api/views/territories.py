from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from territory.api.serializers.territories import MyTerritoriesSerializer, TerritorySerializer
from territory.models import Alignment, Territory
from territory.reading.my_territory import territories_of_rep
from territory.reading.territories import territory_rows
from workspace.exceptions import Invalid
from workspace.roles import READERS, REPS


class TerritoryViewSet(viewsets.GenericViewSet[Territory]):
    """Territories with their totals."""

    serializer_class = TerritorySerializer
    queryset = Territory.objects.none()
    pagination_class = None
    http_method_names = ["get", "head", "options"]
    roles = {"GET": READERS}

    def get_queryset(self) -> Any:
        return Territory.objects.visible_to(self.request.member).defer("boundary").select_related("alignment__team")

    @extend_schema(
        parameters=[OpenApiParameter("alignment", OpenApiTypes.INT, required=True)],
        responses=TerritorySerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """All territories of an alignment. White space is not a territory."""
        alignment = alignment_in_query(request)
        return Response(TerritorySerializer(territory_rows(alignment), many=True).data)

    @extend_schema(responses=TerritorySerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        territory = self.get_object()
        return Response(TerritorySerializer(territory_rows(territory.alignment, [territory.pk])[0]).data)


class MyTerritoryView(APIView):
    """What a rep answers for, in the live alignments."""

    roles = {"GET": REPS}
    http_method_names = ["get", "head", "options"]

    @extend_schema(responses=MyTerritoriesSerializer)
    def get(self, request: Request) -> Response:
        body = {"territories": territories_of_rep(request.member), "as_of": timezone.now()}
        return Response(MyTerritoriesSerializer(body).data)


def alignment_in_query(request: Request) -> Alignment:
    """The alignment that `?alignment=` names."""
    text = request.query_params.get("alignment", "")
    if not text:
        raise Invalid.field("alignment", "name the alignment, e.g. ?alignment=7")
    found = Alignment.objects.visible_to(request.member).select_related("team")
    alignment = found.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if alignment is None:
        raise Http404
    return alignment
