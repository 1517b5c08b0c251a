from workspace.models import Team


def team_ids(workspace_id: int) -> dict[str, int]:
    """{name in lower case: id} of the workspace's teams, oldest first."""
    teams = Team.objects.filter(workspace_id=workspace_id).order_by("id")
    return {team.name.lower(): team.id for team in teams}


def first_team(workspace_id: int) -> int | None:
    return next(iter(team_ids(workspace_id).values()), None)
