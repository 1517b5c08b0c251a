import structlog
from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from workspace.models import ApiToken

log = structlog.get_logger(__name__)


class TokenThrottle(SimpleRateThrottle):
    """A program that runs wild is slowed down; people are not."""

    scope = "api_token"

    def get_rate(self) -> str:
        return str(settings.API_TOKEN_RATE)

    def get_cache_key(self, request: Request, view: object) -> str | None:
        return f"throttle:api-token:{request.auth.pk}" if isinstance(request.auth, ApiToken) else None

    def allow_request(self, request: Request, view: object) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            log.warning("throttle_unreachable")
            return True
