"""One error shape (RFC 9457), one way to page, one tolerant JSON parser for the whole API."""

import json
import math
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views import defaults
from psycopg2.errors import UniqueViolation
from rest_framework import exceptions, negotiation, pagination, parsers, status
from rest_framework.response import Response
from rest_framework.utils.mediatypes import media_type_matches

from workspace.exceptions import DomainError, FieldProblem
from workspace.tokens import TokenRefused

log = structlog.get_logger(__name__)
PROBLEM_TYPE = "application/problem+json"
JSON_MAX_DEPTH = 50


def problem(status_code: int, code: str, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {"type": f"/problems/{code}", "title": title, "status": status_code, "code": code, "detail": detail, **extra}


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: whatever went wrong, as problem details; the request's writes are taken back."""
    body = _body(error)
    if body is None:
        return None
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    response = Response(body, status=body["status"], content_type=PROBLEM_TYPE)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response["WWW-Authenticate"] = "Session"
    if isinstance(error, TokenRefused):
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    if isinstance(error, exceptions.Throttled) and error.wait:
        response["Retry-After"] = str(int(error.wait) + 1)
    return response


def _body(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, DomainError):
        errors = [entry.as_dict() for entry in error.errors]
        return problem(error.status, error.code, error.title, error.detail, errors=errors, **error.extra)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(404, "not_found", "Not found", "There is no such thing here, or you may not see it.", errors=[])
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return problem(403, "forbidden", "Not allowed", "Your role does not allow this.", errors=[])
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return problem(401, "unauthenticated", "Not signed in", "Sign in first.", errors=[])
    if isinstance(error, ValidationError):
        return _invalid([FieldProblem("", text).as_dict() for text in error.messages])
    if isinstance(error, exceptions.ValidationError):
        return _invalid(flatten(error.detail))
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
        return problem(
            409, "conflict", "It exists already", "There is one with the same name or id already.", errors=[]
        )
    if isinstance(error, exceptions.APIException):
        code = str(error.default_code)
        return problem(error.status_code, code, error.default_detail, str(error.detail), errors=[])
    return None


def _invalid(errors: list[dict[str, Any]]) -> dict[str, Any]:
    detail = "; ".join(": ".join(filter(None, (entry["field"], entry["problem"]))) for entry in errors)
    return problem(status.HTTP_400_BAD_REQUEST, "invalid", "Some values are not right", detail, errors=errors)


def flatten(detail: Any, path: str = "") -> list[dict[str, Any]]:
    """DRF's nested error structure as a flat list of {field, problem}."""
    if isinstance(detail, dict):
        return [
            entry
            for key, value in detail.items()
            for entry in flatten(value, path if key == "non_field_errors" else f"{path}.{key}".lstrip("."))
        ]
    if isinstance(detail, list):
        nested = any(isinstance(value, dict | list) for value in detail)
        return [
            entry
            for index, value in enumerate(detail)
            for entry in flatten(value, f"{path}.{index}".lstrip(".") if nested else path)
        ]
    return [{"field": path, "problem": str(detail)}]


class JSONParser(parsers.JSONParser):
    """Refuses what the database could not hold (NUL, lone surrogates, NaN) and nesting without bound."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            raw = stream.read().decode("utf-8")
            data = json.loads(raw, parse_constant=_refuse_constant)
        except RecursionError:
            raise exceptions.ParseError(f"JSON is nested deeper than {JSON_MAX_DEPTH} levels.") from None
        except ValueError as error:
            raise exceptions.ParseError(f"Not valid JSON: {error}") from None
        check_json(data)
        return data


def check_json(value: Any, depth: int = 0) -> None:
    if depth > JSON_MAX_DEPTH:
        raise exceptions.ParseError(f"JSON is nested deeper than {JSON_MAX_DEPTH} levels.")
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise exceptions.ParseError("Text must not contain NUL characters or lone surrogates.")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise exceptions.ParseError("Numbers must be finite.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            check_json(key, depth + 1)
            check_json(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check_json(inner, depth + 1)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


class AlwaysJSON(negotiation.BaseContentNegotiation):
    """One format: an Accept header (event streams and tiles send their own) changes nothing."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return next((parser for parser in parsers if media_type_matches(parser.media_type, request.content_type)), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class CursorPagination(pagination.CursorPagination):
    ordering = "-id"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    body = problem(404, "not_found", "Not found", "There is no such thing here, or you may not see it.", errors=[])
    return JsonResponse(body, status=404, content_type=PROBLEM_TYPE)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    body = problem(
        500, "server_error", "Something went wrong on our side", "Nothing was changed. Try again.", errors=[]
    )
    return JsonResponse(body, status=500, content_type=PROBLEM_TYPE)
