import re

from rest_framework.request import Request

from workspace.exceptions import Invalid

_TAG = re.compile(r'(?:W/)?"?(\d{1,18})"?\Z')


def revision_of(request: Request) -> int | None:
    """The revision in If-Match, e.g. `"7"`; None when the header is missing."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        return None
    match = _TAG.match(header)
    if match is None:
        raise Invalid.field("If-Match", 'must be the revision you edited in quotes, e.g. "7"', value=header[:60])
    return int(match[1])


def etag(revision: int) -> str:
    return f'"{revision}"'
