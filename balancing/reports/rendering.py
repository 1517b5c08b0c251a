"""From contexts to HTML, and from HTML to PDF. Documents hold all they show: nothing is ever fetched."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string


def to_html(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"reports/{template}.html", context)


def to_pdf(pages: list[str], *, told: Callable[[int], None]) -> bytes:
    """One document of several HTML texts, each laid out by itself; `told` hears how many are done."""
    # Here, as it costs half a second and 50 MB: processes that lay out nothing do without.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=frozenset(), fail_on_errors=False)
    documents = []
    for number, html in enumerate(pages, start=1):
        documents.append(HTML(string=html, url_fetcher=nothing).render())
        told(number)
    laid_out = [page for document in documents for page in document.pages]
    return bytes(documents[0].copy(laid_out).write_pdf())
