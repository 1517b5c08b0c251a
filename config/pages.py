"""The two pages of the application: the desk, and the rep's phone."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from balancing.demo.company import LOGINS, PASSWORD, SLUG
from workspace.models import Role, Workspace

_NONCE_PLACE = re.compile(r"__CSP_NONCE__")


@require_safe
@login_required
@ensure_csrf_cookie
def desk(request: HttpRequest) -> HttpResponse:
    if request.member is not None and request.member.role == Role.REP:
        return HttpResponseRedirect("/me/")
    return _page(request, "index.html")


@require_safe
@login_required
@ensure_csrf_cookie
def rep(request: HttpRequest) -> HttpResponse:
    return _page(request, "rep.html")


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """For the sign-in page: who can be signed in as. Empty where there is no demo, or it is not to be shown."""
    if not settings.DEMO_LOGINS_SHOWN or request.path != reverse("account_login"):
        return {}
    if not Workspace.objects.filter(slug=SLUG).exists():
        return {}
    return {
        "demo_logins": [
            {"role": Role(login.role).label, "email": login.email, "password": PASSWORD} for login in LOGINS
        ]
    }


def _page(request: HttpRequest, name: str) -> HttpResponse:
    path = settings.FRONTEND_DIST / name
    if not path.exists():
        return render(request, "workspace/not_built.html", status=503)
    html = _NONCE_PLACE.sub(str(request.csp_nonce), _read(path, path.stat().st_mtime_ns))
    response = HttpResponse(html)
    response["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=4)
def _read(path: Path, _modified_ns: int) -> str:
    return path.read_text(encoding="utf-8")
