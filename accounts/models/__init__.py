"""Who is sold to and who sells. Django wants all models importable from here."""

from accounts.models.account import Account, GeocodeQuality
from accounts.models.imports import AccountImport, ColumnMapping, Fate, ImportedRow, ImportKind, ImportMode
from accounts.models.rep import Rep
from accounts.models.segment import Segment

__all__ = [
    "Account",
    "AccountImport",
    "ColumnMapping",
    "Fate",
    "GeocodeQuality",
    "ImportKind",
    "ImportMode",
    "ImportedRow",
    "Rep",
    "Segment",
]
