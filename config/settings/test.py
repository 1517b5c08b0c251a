"""The test suite: made as the owner, run as the web role (tests/conftest.py)."""

import dj_database_url

from config import env
from config.settings.base import *

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = env.path("TEST_MEDIA_ROOT", env.ROOT / ".local" / "test-media")
DEMO_LOGINS_SHOWN = False

DATABASES = {
    "default": dj_database_url.parse(
        env.text("OWNER_DATABASE_URL") or env.text("DATABASE_URL", "postgres://app_owner@localhost/territories"),
        engine="django.contrib.gis.db.backends.postgis",
    )
    | {
        "TEST": {
            "NAME": env.text("TEST_DATABASE", "test_territories"),
            "TEMPLATE": env.text("TEST_TEMPLATE", "territories_template"),
        }
    }
}
