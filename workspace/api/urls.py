from django.urls import include, path
from rest_framework.routers import SimpleRouter

from workspace.api import api_tokens, views, webhooks

router = SimpleRouter(trailing_slash=False)
router.register("teams", views.TeamViewSet, basename="team")
router.register("members", views.MemberViewSet, basename="member")
router.register("jobs", views.JobViewSet, basename="job")
router.register("api-tokens", api_tokens.ApiTokenViewSet, basename="api-token")
router.register("webhooks", webhooks.WebhookViewSet, basename="webhook")
router.register("webhook-deliveries", webhooks.DeliveryViewSet, basename="webhook-delivery")

urlpatterns = [path("session", views.SessionView.as_view(), name="session"), path("", include(router.urls))]
