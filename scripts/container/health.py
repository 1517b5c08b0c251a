"""Health check of the web container: exit code 0 when /healthz answers 200."""

from __future__ import annotations

import http.client
import os
import sys

PORT = 8000
TIMEOUT_S = 4


def main() -> int:
    """The first allowed host is sent as Host, since Django refuses names it was not told."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=TIMEOUT_S)
    try:
        connection.request("GET", "/healthz", headers={"Host": host if host != "*" else "localhost"})
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
