"""Structured logs that name routes, ids and durations: never persons, addresses, queries or money."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logging(*, level: str) -> dict[str, Any]:
    """Django's LOGGING: one JSON object per line on standard error."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(),
                "foreign_pre_chain": _SHARED,
            }
        },
        "filters": {"telling": {"()": NothingToSkip}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["telling"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Repeats every 4xx with its full path, search words included.
            "django.request": {"level": "ERROR"},
            # Names task arguments and every start and end.
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "django.db.backends": {"level": "WARNING"},
            # Tells each step of each page.
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }


class NothingToSkip(logging.Filter):
    """Leaves out that GDAL lacks a driver it was told not to load: that is as it should be."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "to unload from GDAL_SKIP" not in record.getMessage()


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.log = structlog.get_logger("request")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        self.log.info(
            "request",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            duration_ms=round(1000 * (time.perf_counter() - started), 1),
        )
        response["X-Request-Id"] = request_id
        structlog.contextvars.clear_contextvars()
        return response
