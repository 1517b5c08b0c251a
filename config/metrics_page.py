"""`/docs/metrics/`: the formula behind every figure on the screen, from docs/metrics.md."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "workspace/metrics.html", {"sections": _sections()})


@lru_cache(maxsize=1)
def _sections() -> list[dict[str, str]]:
    """Each `## Title {#key}` section as its anchor, title and rendered text."""
    text = (settings.BASE_DIR / "docs" / "metrics.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    sections = []
    for part in text.split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        title, _, key = heading.partition(" {#")
        sections.append({"key": key.rstrip("}").strip(), "title": title.strip(), "html": markdown.render(body)})
    return sections
