"""What the map reads of an alignment: boundaries, units, tiles, and what lies in a drawn area."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import quote_etag
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.serializers.alignments import AlignmentUnitsSerializer
from territory.api.serializers.territories import BoundariesSerializer, SelectionRequestSerializer, SelectionSerializer
from territory.models import Alignment
from territory.reading.boundaries import boundary_features
from territory.reading.selection import select_area
from territory.reading.units import unit_owners
from territory.tiles import AMOUNTS, TILES, ZOOM_MAX
from workspace.exceptions import Invalid
from workspace.roles import READERS

SIMPLIFY_MAX_M = 100_000
TILE_TYPE = "application/vnd.mapbox-vector-tile"
_INT = OpenApiTypes.INT


class AlignmentMapViewSet(viewsets.GenericViewSet[Alignment]):
    queryset = Alignment.objects.none()
    serializer_class = SelectionSerializer
    http_method_names = ["get", "post", "head", "options"]
    roles = {"GET": READERS, "POST": READERS}

    def get_queryset(self) -> Any:
        return Alignment.objects.visible_to(self.request.member)

    @extend_schema(
        parameters=[OpenApiParameter("simplify_m", OpenApiTypes.NUMBER, description="0 (exact) to 100000")],
        responses=BoundariesSerializer,
    )
    @action(detail=True, methods=["get"])
    def boundaries(self, request: Request, pk: str) -> HttpResponseBase:
        """Territories as GeoJSON. Neighbours are simplified together, so that no gaps open between them."""
        alignment = self.get_object()
        simplify_m = _simplify_m(request)
        tag = _tag(alignment, request, f"-{simplify_m:g}")
        if _is_known(request, tag):
            return _not_modified(tag)
        return _cached(Response(boundary_features(alignment, simplify_m=simplify_m)), tag)

    @extend_schema(responses=AlignmentUnitsSerializer)
    @action(detail=True, methods=["get"])
    def units(self, request: Request, pk: str) -> Response:
        return Response(unit_owners(self.get_object()))

    @extend_schema(request=SelectionRequestSerializer, responses=SelectionSerializer)
    @action(detail=True, methods=["post"])
    def selection(self, request: Request, pk: str) -> Response:
        """Sums over the accounts inside an area. Changes nothing."""
        alignment = self.get_object()
        body = SelectionRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(SelectionSerializer(select_area(alignment, body.validated_data["area"])).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("layer", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(TILES)),
            *(OpenApiParameter(name, _INT, OpenApiParameter.PATH) for name in "zxy"),
            OpenApiParameter("amount", OpenApiTypes.STR, enum=list(AMOUNTS), description="Of accounts: what r sums"),
            OpenApiParameter("segments", OpenApiTypes.BOOL, description="Of accounts: s, the number of the segment"),
        ],
        responses={(200, TILE_TYPE): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"], url_path=r"tiles/(?P<layer>\w+)/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.mvt")
    def tile(self, request: Request, pk: str, layer: str, z: str, x: str, y: str) -> HttpResponseBase:
        """A vector tile; 204 where it is empty. Its ETag changes with every edit and import."""
        alignment = self.get_object()
        place = _place(layer, z, x, y)
        options = _account_options(request) if layer == "accounts" else {}
        tag = _tag(alignment, request, "".join(f"-{value}" for value in options.values()))
        if _is_known(request, tag):
            return _not_modified(tag)
        content = TILES[layer](alignment, *place, **options)
        return _cached(HttpResponse(content, content_type=TILE_TYPE, status=200 if content else 204), tag)


def _place(layer: str, z: str, x: str, y: str) -> tuple[int, int, int]:
    """Zoom, column and row of a tile that exists; anything else is not there."""
    if layer not in TILES or max(len(z), len(x), len(y)) > 6 or int(z) > ZOOM_MAX:
        raise Http404
    if max(int(x), int(y)) >= 1 << int(z):
        raise Http404
    return int(z), int(x), int(y)


def _account_options(request: Request) -> dict[str, Any]:
    amount = request.query_params.get("amount", "revenue")
    if amount not in AMOUNTS:
        raise Invalid.field("amount", f"must be one of {', '.join(AMOUNTS)}", value=amount[:40])
    return {"amount": amount, "has_segments": request.query_params.get("segments") == "true"}


def _simplify_m(request: Request) -> float:
    text = request.query_params.get("simplify_m", "0")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= SIMPLIFY_MAX_M:
        raise Invalid.field("simplify_m", "must be a number of metres", value=text[:40], bound=[0, SIMPLIFY_MAX_M])
    return value


def _tag(alignment: Alignment, request: Request, suffix: str = "") -> str:
    return quote_etag(f"{alignment.pk}-{alignment.revision}-{request.member.workspace.data_version}{suffix}")


def _is_known(request: Request, tag: str) -> bool:
    known = request.headers.get("If-None-Match", "")
    return tag in {part.strip().removeprefix("W/") for part in known.split(",")}


def _not_modified(tag: str) -> HttpResponseBase:
    return _cached(HttpResponseNotModified(), tag)


def _cached(response: Any, tag: str) -> Any:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
