from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.api.bulk import BulkAccountsView
from accounts.api.imports import ImportFieldsView, ImportViewSet
from accounts.api.metrics import MetricsView
from accounts.api.reps import RepViewSet
from accounts.api.segments import SegmentsView

router = SimpleRouter(trailing_slash=False)
router.register("reps", RepViewSet, basename="rep")
router.register("imports", ImportViewSet, basename="import")

urlpatterns = [
    path("metrics", MetricsView.as_view(), name="metric-list"),
    path("segments", SegmentsView.as_view(), name="segment-list"),
    path("accounts/bulk", BulkAccountsView.as_view(), name="account-bulk"),
    path("import-fields", ImportFieldsView.as_view(), name="import-field-list"),
    path("", include(router.urls)),
]
