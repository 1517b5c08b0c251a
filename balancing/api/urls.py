from django.urls import path

from balancing.api import measures

urlpatterns = [
    path("alignments/<str:pk>/scorecard", measures.ScorecardView.as_view(), name="scorecard"),
    path("alignments/<str:pk>/comparison", measures.ComparisonView.as_view(), name="comparison"),
    path("findings", measures.FindingView.as_view(), name="findings"),
    path("snapshots", measures.SnapshotViewSet.as_view({"get": "list"}), name="snapshots"),
]
