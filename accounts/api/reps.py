from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.filters import RepFilter
from accounts.api.serializers import RepChangeSerializer, RepSerializer
from accounts.models import Rep
from accounts.services.reps import create_rep, deactivate_rep, update_rep
from workspace.roles import OPERATORS, READERS


class RepViewSet(viewsets.ModelViewSet[Rep]):
    """Sellers: team, home, capacity."""

    serializer_class = RepSerializer
    queryset = Rep.objects.none()
    filterset_class = RepFilter
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    roles = {"GET": READERS, "POST": OPERATORS, "PATCH": OPERATORS, "DELETE": OPERATORS}

    def get_queryset(self) -> Any:
        return Rep.objects.visible_to(self.request.member).order_by("-id")

    @extend_schema(request=RepChangeSerializer, responses={201: RepSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rep = create_rep(actor=request.member, **self._body(None))
        return Response(self.get_serializer(rep).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RepChangeSerializer(partial=True), responses=RepSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rep = self.get_object()
        return Response(self.get_serializer(update_rep(rep, actor=request.member, **self._body(rep))).data)

    def _body(self, rep: Rep | None) -> dict[str, Any]:
        context = self.get_serializer_context()
        body = RepChangeSerializer(rep, data=self.request.data, partial=rep is not None, context=context)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Deactivates the rep: territories, history and archived alignments keep the name."""
        deactivate_rep(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
