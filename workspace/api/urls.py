from django.urls import include, path
from rest_framework.routers import SimpleRouter

from workspace.api import views

router = SimpleRouter(trailing_slash=False)
router.register("teams", views.TeamViewSet, basename="team")
router.register("members", views.MemberViewSet, basename="member")
router.register("jobs", views.JobViewSet, basename="job")

urlpatterns = [path("session", views.SessionView.as_view(), name="session"), path("", include(router.urls))]
