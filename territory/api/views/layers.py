from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from territory.api.serializers.layers import UNITS_SCHEMA, CreateUnitLayerSerializer, UnitLayerSerializer
from territory.geometry import parse_bbox
from territory.layers.files.naming import Naming
from territory.layers.sources import FileChoice
from territory.models import BoundaryFile, UnitLayer
from territory.reading.units import unit_table
from territory.services.unit_layers import create_unit_layer, delete_unit_layer
from workspace.exceptions import Invalid
from workspace.roles import OPERATORS, READERS


class UnitLayerViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[UnitLayer]):
    """Sets of basic units that alignments are made of."""

    serializer_class = UnitLayerSerializer
    queryset = UnitLayer.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": OPERATORS, "DELETE": OPERATORS}

    def get_queryset(self) -> Any:
        return UnitLayer.objects.visible_to(self.request.member).select_related("job").order_by("id")

    @extend_schema(
        request=CreateUnitLayerSerializer,
        responses={202: UnitLayerSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER)],
    )
    def create(self, request: Request) -> Response:
        """Build a layer; the job beside it says how far it is. The same Idempotency-Key gives the same layer."""
        body = CreateUnitLayerSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = dict(body.validated_data)
        bbox = fields.pop("bbox", None)
        if bbox is not None and fields.get("area") is None:
            fields["area"] = parse_bbox(bbox)
        key = request.headers.get("Idempotency-Key")
        if "boundary_file" in fields:
            fields["file"] = _file_choice(fields, request)
        fields = {name: value for name, value in fields.items() if name not in FILE_FIELDS}
        layer = create_unit_layer(actor=request.member, idempotency_key=key, **fields)
        answer = Response(UnitLayerSerializer(layer).data, status=status.HTTP_202_ACCEPTED)
        answer["Location"] = f"/api/v1/jobs/{layer.job_id}"
        return answer

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        delete_unit_layer(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={200: UNITS_SCHEMA})
    @action(detail=True, methods=["get"])
    def units(self, request: Request, pk: str) -> Response:
        return Response(unit_table(self.get_object()))


FILE_FIELDS = {"boundary_file", "code_attribute", "name_attribute", "merge_equal_codes", "skip_problems"}


def _file_choice(fields: dict[str, Any], request: Request) -> FileChoice:
    item = BoundaryFile.objects.visible_to(request.member).filter(pk=fields["boundary_file"]).first()
    if item is None:
        raise Invalid.field("boundary_file", "is no file that was uploaded here", value=fields["boundary_file"])
    naming = Naming(
        code=fields.get("code_attribute"),
        name=fields.get("name_attribute"),
        merge=fields.get("merge_equal_codes", False),
    )
    return FileChoice(item, naming, fields.get("skip_problems", False))
