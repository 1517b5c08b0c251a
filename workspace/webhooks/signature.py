"""How a receiver knows that an event is ours and new: by the Standard Webhooks scheme (standardwebhooks.com)."""

import base64
import hashlib
import hmac
import secrets

MARK = "whsec_"


def new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(*, secret: str, event_id: str, timestamp_s: int, body: bytes) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = b".".join((event_id.encode(), str(timestamp_s).encode(), body))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "Webhook-Id": event_id,
        "Webhook-Timestamp": str(timestamp_s),
        "Webhook-Signature": f"v1,{signature}",
    }
