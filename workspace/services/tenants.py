from typing import Any

from django.db import transaction

from workspace.models import Member, Role, Team, TeamKind, User, Workspace
from workspace.services.changes import record_change
from workspace.tenancy import workspace as workspace_context


@transaction.atomic
def create_workspace(*, name: str, slug: str, owner: User, **fields: Any) -> tuple[Workspace, Member]:
    """A new tenant with its first admin."""
    created = Workspace.objects.create(name=name, slug=slug, **fields)
    admin = Member.objects.create(workspace=created, user=owner, role=Role.ADMIN)
    with workspace_context(created.id):
        record_change(
            actor=admin, subject_kind="workspace", subject_id=created.id, operation="create", label=f"Created {name}"
        )
    return created, admin


@transaction.atomic
def add_member(*, user: User, role: Role, actor: Member) -> Member:
    member = Member.objects.create(workspace_id=actor.workspace_id, user=user, role=role)
    record_change(
        actor=actor,
        subject_kind="member",
        subject_id=member.id,
        operation="create",
        label=f"Added member {member.id} as {role}",
    )
    return member


@transaction.atomic
def change_role(member: Member, *, role: Role, actor: Member) -> Member:
    before = member.role
    member.role = role
    member.save(update_fields=["role"])
    record_change(
        actor=actor,
        subject_kind="member",
        subject_id=member.id,
        operation="change_role",
        label=f"Role of member {member.id}: {before} → {role}",
        patch={"role": [before, role]},
    )
    return member


@transaction.atomic
def create_team(*, name: str, kind: TeamKind, actor: Member) -> Team:
    team = Team.objects.create(workspace_id=actor.workspace_id, name=name, kind=kind)
    record_change(
        actor=actor, subject_kind="team", subject_id=team.id, operation="create", label=f"Created team {name}"
    )
    return team


@transaction.atomic
def update_team(team: Team, *, actor: Member, **fields: Any) -> Team:
    patch = {name: [getattr(team, name), value] for name, value in fields.items() if getattr(team, name) != value}
    for name, value in fields.items():
        setattr(team, name, value)
    team.save()
    record_change(
        actor=actor,
        subject_kind="team",
        subject_id=team.id,
        operation="update",
        label=f"Changed team {team.name}",
        patch=patch,
    )
    return team
