from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.metrics import METRICS
from workspace.roles import READERS


class MetricSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField()
    version = serializers.IntegerField()
    aggregation = serializers.CharField()
    formula_url = serializers.CharField()


class MetricsView(APIView):
    roles = {"GET": READERS}

    @extend_schema(responses=MetricSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What an alignment can be balanced on, each with the address of its formula."""
        return Response(MetricSerializer(METRICS, many=True).data)
