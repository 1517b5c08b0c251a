"""A server on the internet, behind a TLS proxy."""

from config import env
from config.settings.base import *

if not env.text("SECRET_KEY"):
    raise RuntimeError("SECRET_KEY must be set (at least 50 random characters)")
if not env.words("SECRETS_KEYS"):
    raise RuntimeError("SECRETS_KEYS must be set (docs/operate.md says how a key is made)")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
DEMO_LOGINS_SHOWN = False
