"""A person's own machine: `make run`."""

from config import env
from config.settings.base import *
from workspace.sealing import derived_key

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY", "for-a-private-machine-only-set-SECRET_KEY-elsewhere")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*")
DEMO_LOGINS_SHOWN = env.flag("DEMO_LOGINS_SHOWN", default=True)
SECRETS_KEYS = env.words("SECRETS_KEYS") or [derived_key(SECRET_KEY)]
