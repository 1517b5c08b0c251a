"""The tenant and what every app needs. Django wants all models importable from here."""

from workspace.models.change import Change
from workspace.models.job import Job, JobState
from workspace.models.tenant import Member, Role, Team, TeamKind, TenantModel, Workspace
from workspace.models.user import User

__all__ = [
    "Change",
    "Job",
    "JobState",
    "Member",
    "Role",
    "Team",
    "TeamKind",
    "TenantModel",
    "User",
    "Workspace",
]
