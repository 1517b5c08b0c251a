from django.urls import include, path

from config import health, metrics_page, pages
from config.schema import schema_view

API = [
    path("", include("workspace.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("territory.api.urls")),
    path("", include("balancing.api.urls")),
]

urlpatterns = [
    path("", pages.desk, name="desk"),
    path("me/", pages.rep, name="rep"),
    path("auth/", include("allauth.account.urls")),
    path("api/v1/", include(API)),
    path("api/schema", schema_view, name="schema"),
    path("docs/metrics/", metrics_page.show, name="metrics"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler404 = "config.drf.page_not_found"
handler500 = "config.drf.server_error"
