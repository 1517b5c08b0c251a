"""Logins, members, teams and reps as rows."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point

from accounts.models import Rep
from balancing.demo import company
from balancing.demo.demo import Demo
from balancing.demo.people import Person
from workspace.models import Member, Role, Team, TeamKind, User, Workspace
from workspace.services.tenants import create_team


@dataclass(frozen=True)
class Staff:
    """Reps stand in the order of their team's plan."""

    members: dict[str, Member]
    field_team: Team
    inside_team: Team
    field_reps: list[Rep]
    inside_reps: list[Rep]

    @property
    def admin(self) -> Member:
        return self.members[company.LOGINS[0].email]

    @property
    def manager(self) -> Member:
        return self.members[company.LOGINS[1].email]


def make_user(login: company.Login, name: str) -> User:
    """The login with the demo's password; one that an earlier demo left behind is taken over."""
    user = User.objects.filter(email__iexact=login.email).first() or User(email=login.email)
    user.name = name
    user.is_active = True
    user.set_password(company.PASSWORD)
    user.save()
    return user


def login_names(demo: Demo) -> dict[str, str]:
    """E-mail → name; reps sign in under their own names."""
    return {login.email: login.name or demo.field_reps[_position(login, demo)].name for login in company.LOGINS}


def write_people(demo: Demo, tenant: Workspace, admin: Member) -> Staff:
    names = login_names(demo)
    members = {admin.user.email: admin}
    for login in company.LOGINS[1:]:
        user = make_user(login, names[login.email])
        members[login.email] = Member.objects.create(workspace=tenant, user=user, role=login.role)
    field_team = create_team(name=company.FIELD_TEAM, kind=TeamKind.FIELD, actor=admin)
    inside_team = create_team(name=company.INSIDE_TEAM, kind=TeamKind.INSIDE, actor=admin)
    signed_in = {_position(login, demo): members[login.email] for login in company.LOGINS if login.role == Role.REP}
    return Staff(
        members=members,
        field_team=field_team,
        inside_team=inside_team,
        field_reps=_write_reps(field_team, demo.field_reps, signed_in),
        inside_reps=_write_reps(inside_team, demo.inside_reps, {}),
    )


def _position(login: company.Login, demo: Demo) -> int:
    return (demo.field.idle if login.is_idle else demo.field.overloaded)[0]


def _write_reps(team: Team, people: list[Person], members: dict[int, Member]) -> list[Rep]:
    return Rep.objects.bulk_create(
        Rep(
            workspace_id=team.workspace_id,
            team=team,
            member=members.get(position),
            external_id=person.external_id,
            name=person.name,
            email=person.email,
            phone=person.phone,
            home=Point(*person.home, srid=4326) if person.home else None,
            capacity_h=person.capacity_h,
            field_share=person.field_share,
            is_active=person.is_active,
        )
        for position, person in enumerate(people)
    )
