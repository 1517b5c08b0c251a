"""Addresses of one Redis for those who spell them differently."""

from urllib.parse import parse_qs, urlsplit, urlunsplit


def broker_url(redis_url: str) -> str:
    """A `redis.from_url` address in Kombu's spelling: `unix:///path?db=1` → `redis+socket:///path?virtual_host=1`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


def with_database(redis_url: str, number: int) -> str:
    """The same server, another of its numbered databases."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))
