"""Settings shared by all environments. Environment variables are read through config.env only."""

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONCE

from config import env
from config.broker import broker_url
from config.libraries import bundled_library
from config.observability import configure_logging

BASE_DIR = env.ROOT
SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

GDAL_LIBRARY_PATH = bundled_library("pyogrio", "libgdal-*.so*")
GEOS_LIBRARY_PATH = bundled_library("shapely", "libgeos_c-*.so*")

INSTALLED_APPS = [
    "workspace",
    "accounts",
    "territory",
    "balancing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "rest_framework",
    "rest_framework_gis",
    "django_filters",
    "drf_spectacular",
    "django_celery_beat",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.observability.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "workspace.middleware.WorkspaceMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.pages.demo_logins",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", "postgres://app_runtime@localhost/territories"),
        engine="django.contrib.gis.db.backends.postgis",
        conn_max_age=env.number("DATABASE_CONN_MAX_AGE_S", 600),
        conn_health_checks=True,
    )
}
# A request's transaction is opened by WorkspaceMiddleware, which also sets the workspace for row-level security.
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "workspace.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "workspace.sign_in.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/auth/login/"
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT_S", 20)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "territories@localhost")
# What mails that no request asked for link to.
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "static" / "collected")
FRONTEND_DIST = env.path("FRONTEND_DIST", BASE_DIR / "frontend" / "dist")
STATICFILES_DIRS = [FRONTEND_DIST]
# Served from where they were built; `collectstatic` in an image copies them (docs/deploy.md).
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / ".local" / "media")
US_ATLAS = BASE_DIR / "frontend" / "node_modules" / "us-atlas"

# Uploads: what is accepted at most (docs/operate.md).
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_CSV_MAX_BYTES = 200 * 1024 * 1024
UPLOAD_XLSX_MAX_BYTES = 50 * 1024 * 1024
UPLOAD_ODS_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_PARQUET_MAX_BYTES = 100 * 1024 * 1024
# Read as a whole, and several times as large in memory.
UPLOAD_JSON_MAX_BYTES = 32 * 1024 * 1024
IMPORT_MAX_ROWS = 1_000_000
# Rows of accounts in one call of the API, answered at once.
BULK_MAX_ROWS = 10_000
BULK_MAX_BYTES = 20 * 1024 * 1024
BOUNDARY_MAX_VERTICES = 50_000

REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
# Open streams hold threads: half of them at most (docs/decisions/0006-seats-for-streams.md).
STREAMS_PER_PROCESS = env.number("STREAMS_PER_PROCESS", 8)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "workspace.api.authentication.TokenAuthentication",
        "workspace.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["workspace.api.permissions.RolePermission"],
    "DEFAULT_THROTTLE_CLASSES": ["workspace.api.throttling.TokenThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.drf.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "config.drf.AlwaysJSON",
    "DEFAULT_PAGINATION_CLASS": "config.drf.CursorPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.drf.problem_details",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Territories",
    "DESCRIPTION": "Sales territory mapping: accounts, alignments, balance and the optimizer.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.schema.describe_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AlarmMailState": "balancing.models.review.MailState",
        "ApiTokenState": "workspace.models.ApiTokenState",
        "BarrierKind": "territory.models.BarrierKind",
        "DeliveryState": "workspace.models.DeliveryState",
        "EventKind": "workspace.models.EventKind",
        "FigureUnit": "balancing.answers.answer.FigureUnit",
        "FindingActionKind": "balancing.findings.finding.ActionKind",
        "FindingKind": "balancing.findings.finding.FindingKind",
        "ImportKind": "accounts.models.ImportKind",
        "ImportMode": "accounts.models.ImportMode",
        "JobState": "workspace.models.JobState",
        "ReportFormat": "balancing.models.report.ReportFormat",
        "ReportKind": "balancing.models.report.ReportKind",
        "ReviewRhythm": "balancing.models.review.Every",
        "Role": "workspace.models.Role",
        "Scope": "workspace.models.Scope",
        "TeamKind": "workspace.models.TeamKind",
        "TravelBase": "balancing.models.travel.TravelBase",
        "TravelEngineName": "balancing.models.travel.TravelEngineName",
        "UnitLayerKind": "territory.models.UnitLayerKind",
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *env.words("BASEMAP_ORIGINS")],
        "connect-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", NONCE],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
BASEMAP_URL = env.text("BASEMAP_URL")
BASEMAP_ATTRIBUTION = env.text("BASEMAP_ATTRIBUTION", "US Census Bureau, Natural Earth")

LOGGING = configure_logging(level=env.text("LOG_LEVEL", "INFO"))

# Kombu names Redis sockets differently from redis-py.
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
# A process that makes runs has the optimizer's kernels ready before it takes one; the first time they are compiled.
LOADS_KERNELS = env.flag("LOADS_KERNELS", default=False)
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 300
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Only for what waits for other tasks: a chord counts in Redis which of its tasks are done.
CELERY_RESULT_BACKEND = CELERY_BROKER_URL
CELERY_RESULT_EXPIRES = 3600
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "dispatch-jobs": {"task": "workspace.dispatch_jobs", "schedule": 30.0},
    "drop-old-deliveries": {"task": "workspace.drop_old_deliveries", "schedule": crontab(hour=3, minute=30)},
    "hold-due-reviews": {"task": "balancing.hold_due_reviews", "schedule": crontab(minute=10)},
    "tell-alarms": {"task": "balancing.tell_alarms", "schedule": 60.0},
    "measure-live-alignments": {"task": "balancing.measure_live_alignments", "schedule": crontab(hour=2, minute=0)},
}
# The visibility timeout stays above the time limit, or long jobs would be started twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 7200,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
JOB_LEASE_S = env.number("JOB_LEASE_S", 60)

# Seal secrets of other systems; the first seals, all of them open (docs/operate.md).
SECRETS_KEYS = env.words("SECRETS_KEYS")
# On a developer's machine only: webhooks may go to plain http and to this network.
OUTGOING_ALLOW_PRIVATE = env.flag("OUTGOING_ALLOW_PRIVATE")
API_TOKEN_RATE = env.text("API_TOKEN_RATE", "600/min")

# Travel by road (docs/operate.md): graphs built by `manage.py build_roads`, and routing servers of the operator's own.
ROADS_ROOT = env.path("ROADS_ROOT", BASE_DIR / ".local" / "roads")
TRAVEL_OSRM_URL = env.text("TRAVEL_OSRM_URL").rstrip("/")
TRAVEL_VALHALLA_URL = env.text("TRAVEL_VALHALLA_URL").rstrip("/")
