from django.urls import include, path
from rest_framework.routers import SimpleRouter

from territory.api import exports
from territory.api.views.accounts import AccountViewSet
from territory.api.views.alignments import AlignmentViewSet
from territory.api.views.barriers import BarrierViewSet
from territory.api.views.boundary_files import BoundaryFileViewSet
from territory.api.views.connections import ConnectionViewSet
from territory.api.views.editing import EditingViewSet
from territory.api.views.layers import UnitLayerViewSet
from territory.api.views.map import AlignmentMapViewSet
from territory.api.views.pushes import PushViewSet
from territory.api.views.territories import MyTerritoryView, TerritoryViewSet
from territory.api.views.together import TogetherViewSet
from territory.api.views.unit_assignments import UnitAssignmentViewSet

router = SimpleRouter(trailing_slash=False)
router.register("accounts", AccountViewSet, basename="account")
router.register("unit-layers", UnitLayerViewSet, basename="unit-layer")
router.register("barriers", BarrierViewSet, basename="barrier")
router.register("boundary-files", BoundaryFileViewSet, basename="boundary-file")
router.register("alignments", AlignmentViewSet, basename="alignment")
router.register("alignments", EditingViewSet, basename="alignment-editing")
router.register("alignments", AlignmentMapViewSet, basename="alignment-map")
router.register("alignments", TogetherViewSet, basename="alignment-together")
router.register("alignments", UnitAssignmentViewSet, basename="alignment-unit-assignment")
router.register("connections", ConnectionViewSet, basename="connection")
router.register("pushes", PushViewSet, basename="push")
router.register("territories", TerritoryViewSet, basename="territory")

urlpatterns = [
    path("my-territory", MyTerritoryView.as_view(), name="my-territory"),
    *exports.urlpatterns,
    path("", include(router.urls)),
]
