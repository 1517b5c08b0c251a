"""Every route of the API, read from the URL resolver, with the methods its view answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver

from config.urls import API

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    path: str
    methods: frozenset[str]


def all_routes() -> list[Route]:
    return sorted(_walk(API, ""), key=lambda route: route.path)


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path)
        else:
            yield Route(path, _methods(entry))


def _readable(pattern: str) -> str:
    """`^accounts/(?P<pk>[^/.]+)$` and `accounts/<int:pk>` both as `accounts/{pk}`."""
    pattern = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", pattern)
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern)
    return pattern.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def _methods(entry: URLPattern) -> frozenset[str]:
    view = entry.callback
    actions = getattr(view, "actions", None)
    names = actions.keys() if actions else [m for m in view.view_class.http_method_names if hasattr(view.view_class, m)]
    open_methods = getattr(view.cls, "http_method_names", [])
    return frozenset(name.upper() for name in names if name in open_methods) & frozenset(METHODS)
