"""The test suite: made as the owner, run as the web role (tests/conftest.py)."""

import os

import dj_database_url

from config import env
from config.broker import with_database
from config.settings.base import *
from workspace.sealing import derived_key

SECRET_KEY = "tests"
SECRETS_KEYS = [derived_key(SECRET_KEY)]
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

# A cache for each test process: emptying it reaches neither the other process nor a running system.
_PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = with_database(REDIS_URL, 1 + _PROCESS % 7)
