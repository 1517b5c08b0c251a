from django.urls import include, path
from rest_framework.routers import SimpleRouter

from balancing.api import measures, reports, reviews, runs, travel

router = SimpleRouter(trailing_slash=False)
router.register("runs", runs.RunViewSet, basename="run")
router.register("reports", reports.ReportViewSet, basename="report")
router.register("reviews", reviews.ReviewViewSet, basename="review")
router.register("review-schedules", reviews.ReviewScheduleViewSet, basename="review-schedule")

urlpatterns = [
    path("alignments/<str:pk>/scorecard", measures.ScorecardView.as_view(), name="scorecard"),
    path("alignments/<str:pk>/answers", measures.AnswerView.as_view(), name="answers"),
    path("alignments/<str:pk>/comparison", measures.ComparisonView.as_view(), name="comparison"),
    path("alignments/<str:pk>/travel", travel.TravelView.as_view(), name="travel"),
    path("territories/<str:pk>/isochrones", travel.IsochroneView.as_view(), name="isochrones"),
    path("findings", measures.FindingView.as_view(), name="findings"),
    path("findings/proposals", measures.ProposalView.as_view(), name="proposals"),
    path("findings/accept", measures.AcceptFindingView.as_view(), name="accept-finding"),
    path("findings/reopen", measures.ReopenFindingView.as_view(), name="reopen-finding"),
    path("snapshots", measures.SnapshotViewSet.as_view({"get": "list"}), name="snapshots"),
    path("", include(router.urls)),
]
