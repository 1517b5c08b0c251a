"""How good, and how to make it better. Django wants all models importable from here."""

from balancing.models.accepted_finding import AcceptedFinding
from balancing.models.report import Report
from balancing.models.review import AlarmMail, Review, ReviewSchedule
from balancing.models.run import Move, Run
from balancing.models.snapshot import Snapshot
from balancing.models.travel import TerritoryTravel, TravelLegs, TravelMeasurement

__all__ = [
    "AcceptedFinding",
    "AlarmMail",
    "Move",
    "Report",
    "Review",
    "ReviewSchedule",
    "Run",
    "Snapshot",
    "TerritoryTravel",
    "TravelLegs",
    "TravelMeasurement",
]
