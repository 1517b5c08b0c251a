from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.services.bulk import upsert_accounts
from workspace.exceptions import TooLarge
from workspace.roles import OPERATORS


@extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": True}, "maxItems": 10_000})
class RowsField(serializers.JSONField):
    """Checked row by row, with a reason for each, by what checks the rows of files."""


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Two accounts",
            value={
                "rows": [
                    {
                        "external_id": "00123", "name": "Oak Hardware", "location": {"lon": -84.39, "lat": 33.75},
                        "revenue": 1200.5, "metrics": {"beds": 12},
                    },
                    {
                        "external_id": "00124", "name": "Pine Foods", "location": None, "revenue": 880,
                        "metrics": {"beds": None},
                    },
                ],
                "skip_bad": False,
            },
            request_only=True,
        )
    ]
)  # fmt: skip
class BulkRequestSerializer(serializers.Serializer[object]):
    """Fields are named as in `import-fields`; own metrics go into `metrics`, the place into `location` or lon and lat.

    All rows name the same fields: a field that is left out keeps its value, null empties it.
    """

    rows = RowsField()
    skip_bad = serializers.BooleanField(
        default=False, help_text="False: one bad row and nothing is written. True: bad rows are left out and listed."
    )


class BulkProblemSerializer(serializers.Serializer[object]):
    """`field` is the place in the call: `rows.16.lat` is the latitude of the 17th row."""

    field = serializers.CharField()  # type: ignore[assignment]
    problem = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    bound = serializers.CharField(allow_null=True)


class BulkResultSerializer(serializers.Serializer[object]):
    """Every row is in one of created, updated, unchanged and bad; `problems` are the first 100 of `n_problems`."""

    n_rows = serializers.IntegerField()
    n_created = serializers.IntegerField()
    n_updated = serializers.IntegerField()
    n_unchanged = serializers.IntegerField()
    n_bad = serializers.IntegerField()
    n_unplotted = serializers.IntegerField()
    n_problems = serializers.IntegerField()
    problems = BulkProblemSerializer(many=True)


class BulkAccountsView(APIView):
    http_method_names = ["post", "head", "options"]
    roles = {"POST": OPERATORS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything reads the body.
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.BULK_MAX_BYTES:
            raise TooLarge(f"The call has {length:,} bytes; {settings.BULK_MAX_BYTES:,} are the most.")
        super().initial(request, *args, **kwargs)

    @extend_schema(request=BulkRequestSerializer, responses=BulkResultSerializer)
    def post(self, request: Request) -> Response:
        """Create accounts, or change those with a known external id: up to 10,000 a call, answered at once.

        Idempotent by itself: the same call again finds everything unchanged, so that a call whose answer was lost is
        simply sent again. All or nothing, unless `skip_bad` is asked for.
        """
        body = BulkRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        result = upsert_accounts(
            body.validated_data["rows"], skip_bad=body.validated_data["skip_bad"], actor=request.member
        )
        return Response(BulkResultSerializer(result).data)
