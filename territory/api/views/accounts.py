import math
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.filters import AccountFilter
from accounts.api.serializers import AccountUpdateSerializer
from accounts.models import Account
from accounts.services.accounts import update_account
from territory.api.pagination import ORDERINGS, AccountPagination
from territory.api.serializers.accounts import AccountInAlignmentSerializer
from territory.api.views.territories import alignment_in_query
from territory.models import Alignment, Territory
from territory.reading.accounts import accounts_visible_to, in_alignment, nearest_first, put_territories
from workspace.exceptions import Invalid
from workspace.models import Role
from workspace.roles import EVERYONE, OPERATORS

_ALIGNMENT = OpenApiParameter("alignment", OpenApiTypes.INT, description="Adds each account's territory in it.")


class AccountViewSet(viewsets.GenericViewSet[Account]):
    """Customers and prospects. A rep sees the accounts of own territories in live alignments, and no others."""

    serializer_class = AccountInAlignmentSerializer
    queryset = Account.objects.none()
    filterset_class = AccountFilter
    pagination_class = AccountPagination
    http_method_names = ["get", "patch", "head", "options"]
    roles = {"GET": EVERYONE, "PATCH": OPERATORS}

    def get_queryset(self) -> Any:
        return accounts_visible_to(self.request.member)

    @extend_schema(
        parameters=[
            _ALIGNMENT,
            OpenApiParameter("territory", OpenApiTypes.STR, description="A territory's id, or none (with alignment)."),
            OpenApiParameter("near", OpenApiTypes.STR, description="lon,lat: one page of the nearest, with distance."),
            OpenApiParameter("ordering", OpenApiTypes.STR, description=f"{', '.join(ORDERINGS)}; with - descending"),
        ],
        responses=AccountInAlignmentSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        alignment = _alignment(request)
        found = self.filter_queryset(_of_territory(self.get_queryset(), request, alignment))
        if near := request.query_params.get("near"):
            page = nearest_first(found, *_place(near))[: self.paginator.get_page_size(request)]
            accounts = put_territories(page, request.member, alignment)
            results = AccountInAlignmentSerializer(accounts, many=True).data
            return Response({"next": None, "previous": None, "results": results})
        accounts = put_territories(self.paginate_queryset(found), request.member, alignment)
        return self.get_paginated_response(AccountInAlignmentSerializer(accounts, many=True).data)

    @extend_schema(parameters=[_ALIGNMENT], responses=AccountInAlignmentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(self.get_object(), request)

    @extend_schema(parameters=[_ALIGNMENT], request=AccountUpdateSerializer, responses=AccountInAlignmentSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change an account; its territories follow when it moves."""
        account = self.get_object()
        body = AccountUpdateSerializer(account, data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        return self._answer(update_account(account, actor=request.member, **body.validated_data), request)

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters narrow lists; a single account is found whatever the query says."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def _answer(self, account: Account, request: Request) -> Response:
        [described] = put_territories([account], request.member, _alignment(request))
        return Response(AccountInAlignmentSerializer(described).data)


def _alignment(request: Request) -> Alignment | None:
    """The alignment to look at; a rep's own live ones go without saying."""
    if request.member.role == Role.REP or not request.query_params.get("alignment"):
        return None
    return alignment_in_query(request)


def _of_territory(accounts: Any, request: Request, alignment: Alignment | None) -> Any:
    wanted = request.query_params.get("territory")
    if not wanted:
        return accounts
    if wanted == "none":
        if alignment is None:
            raise Invalid.field("territory", "none needs the alignment, e.g. ?alignment=7&territory=none")
        return in_alignment(accounts, alignment)
    known = Territory.objects.visible_to(request.member).select_related("alignment").defer("boundary")
    territory = known.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 19 else None
    if territory is None or (alignment is not None and territory.alignment_id != alignment.pk):
        raise Http404
    return in_alignment(accounts, territory.alignment, territory.pk)


def _place(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise Invalid.field("near", "must be lon,lat in degrees", value=text[:60]) from None
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise Invalid.field("near", "must be lon,lat within ±180 and ±90", value=text[:60])
    return lon, lat
