"""The tenant and what every app needs. Django wants all models importable from here."""

from workspace.models.api_token import ApiToken, ApiTokenState, Scope
from workspace.models.change import Change
from workspace.models.job import Job, JobState
from workspace.models.tenant import Member, Role, Team, TeamKind, TenantModel, Workspace
from workspace.models.user import User
from workspace.models.webhook import PING, Delivery, DeliveryState, EventKind, Webhook

__all__ = [
    "PING",
    "ApiToken",
    "ApiTokenState",
    "Change",
    "Delivery",
    "DeliveryState",
    "EventKind",
    "Job",
    "JobState",
    "Member",
    "Role",
    "Scope",
    "Team",
    "TeamKind",
    "TenantModel",
    "User",
    "Webhook",
    "Workspace",
]
