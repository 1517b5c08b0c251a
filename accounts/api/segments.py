from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Segment
from workspace.roles import READERS


class SegmentSerializer(serializers.ModelSerializer[Segment]):
    class Meta:
        model = Segment
        fields = ["number", "name"]


class SegmentsView(APIView):
    roles = {"GET": READERS}
    http_method_names = ["get", "head", "options"]

    @extend_schema(responses=SegmentSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What the numbers of segments in account tiles stand for. 0 is none, or one too many to have a number."""
        return Response(SegmentSerializer(Segment.objects.visible_to(request.member), many=True).data)
