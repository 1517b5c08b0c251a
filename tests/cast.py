"""Who plays in the tests: a home workspace and a foreign one, each with one member per role."""

from dataclasses import dataclass

from workspace.models import Member, Role, Team, TeamKind, User, Workspace
from workspace.tenancy import workspace


@dataclass(frozen=True)
class Company:
    workspace: Workspace
    members: dict[str, Member]
    team: Team


@dataclass(frozen=True)
class Cast:
    home: Company
    foreign: Company

    @property
    def workspace(self) -> Workspace:
        return self.home.workspace

    @property
    def team(self) -> Team:
        return self.home.team

    @property
    def admin(self) -> Member:
        return self.home.members[Role.ADMIN]

    @property
    def manager(self) -> Member:
        return self.home.members[Role.MANAGER]

    @property
    def ops(self) -> Member:
        return self.home.members[Role.OPS]

    @property
    def viewer(self) -> Member:
        return self.home.members[Role.VIEWER]

    @property
    def rep(self) -> Member:
        return self.home.members[Role.REP]


def make_cast() -> Cast:
    return Cast(home=make_company("Acme"), foreign=make_company("Globex"))


def make_company(name: str) -> Company:
    slug = name.lower()
    made = Workspace.objects.create(name=name, slug=slug)
    with workspace(made.id):
        members = {
            role: Member.objects.create(
                workspace=made,
                role=role,
                user=User.objects.create_user(f"{role}@{slug}.example", "correct horse", name=f"{name} {role}"),
            )
            for role in Role.values
        }
        team = Team.objects.create(workspace=made, name="Field", kind=TeamKind.FIELD)
    return Company(made, members, team)
