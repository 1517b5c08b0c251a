from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.filters import RepFilter
from accounts.api.serializers import RepSerializer
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

    def perform_create(self, serializer: BaseSerializer[Rep]) -> None:
        serializer.instance = create_rep(actor=self.request.member, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Rep]) -> None:
        assert serializer.instance is not None
        serializer.instance = update_rep(serializer.instance, actor=self.request.member, **serializer.validated_data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Deactivates the rep: territories, history and archived alignments keep the name."""
        deactivate_rep(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
