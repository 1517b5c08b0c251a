from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from workspace.models import ApiToken, ApiTokenState, Scope
from workspace.roles import OPERATORS
from workspace.services.api_tokens import DEFAULT_DAYS, MAX_DAYS, create_api_token, revoke_api_token


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    member_name = serializers.CharField(source="member.user.name", read_only=True)
    state = serializers.ChoiceField(choices=ApiTokenState.choices, read_only=True)

    class Meta:
        model = ApiToken
        fields = [
            "id", "name", "prefix", "scopes", "state", "member_id", "member_name", "created_at", "last_used_at",
            "expires_at", "revoked_at",
        ]  # fmt: skip
        read_only_fields = fields


class CreatedApiTokenSerializer(ApiTokenSerializer):
    secret = serializers.SerializerMethodField()

    class Meta(ApiTokenSerializer.Meta):
        fields = [*ApiTokenSerializer.Meta.fields, "secret"]

    def get_secret(self, token: ApiToken) -> str:
        """Shown in this answer only."""
        return str(self.context["secret"])


class CreateApiTokenSerializer(serializers.Serializer[object]):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), allow_empty=False)
    expires_in_days = serializers.IntegerField(min_value=1, max_value=MAX_DAYS, default=DEFAULT_DAYS)


class ApiTokenViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ApiToken]):
    """Keys of programs: one's own; admins see and revoke everybody's."""

    serializer_class = ApiTokenSerializer
    queryset = ApiToken.objects.none()
    pagination_class = None
    http_method_names = ["get", "post", "delete", "head", "options"]
    roles = {"GET": OPERATORS, "POST": OPERATORS, "DELETE": OPERATORS}

    def get_queryset(self) -> Any:
        return ApiToken.objects.visible_to(self.request.member).select_related("member__user")

    @extend_schema(request=CreateApiTokenSerializer, responses={201: CreatedApiTokenSerializer})
    def create(self, request: Request) -> Response:
        body = CreateApiTokenSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        token, secret = create_api_token(actor=request.member, **body.validated_data)
        answer = CreatedApiTokenSerializer(token, context={"secret": secret})
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Revoke: the token stays listed, and opens nothing any more."""
        revoke_api_token(self.get_object(), actor=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
