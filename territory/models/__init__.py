"""Where, and whose. Django wants all models importable from here."""

from territory.models.alignment import Alignment, AlignmentState, Basis
from territory.models.assignment import AccountAssignment, AccountOverride, AssignmentSource, UnitAssignment
from territory.models.boundary_file import BoundaryFile
from territory.models.connection import Connection, ConnectionState, Push, PushRow, PushRowState, PushState
from territory.models.territory import Territory
from territory.models.units import (
    AccountUnit,
    Barrier,
    BarrierKind,
    BasicUnit,
    UnitAdjacency,
    UnitLayer,
    UnitLayerKind,
    UnitLayerState,
)

__all__ = [
    "AccountAssignment",
    "AccountOverride",
    "AccountUnit",
    "Alignment",
    "AlignmentState",
    "AssignmentSource",
    "Barrier",
    "BarrierKind",
    "BasicUnit",
    "Basis",
    "BoundaryFile",
    "Connection",
    "ConnectionState",
    "Push",
    "PushRow",
    "PushRowState",
    "PushState",
    "Territory",
    "UnitAdjacency",
    "UnitAssignment",
    "UnitLayer",
    "UnitLayerKind",
    "UnitLayerState",
]
