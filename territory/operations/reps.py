from accounts.models import Rep
from territory.models import Alignment
from workspace.exceptions import Invalid


def rep_of_team(alignment: Alignment, rep_id: int) -> Rep:
    """A rep who can hold a territory of this alignment."""
    rep = Rep.objects.filter(workspace_id=alignment.workspace_id, pk=rep_id).first()
    if rep is None:
        raise Invalid.field("rep_id", "there is no such rep", value=rep_id)
    if rep.team_id != alignment.team_id:
        raise Invalid.field("rep_id", f"{rep.name} is not in the team of this alignment", value=rep_id)
    if not rep.is_active:
        raise Invalid.field("rep_id", f"{rep.name} is not active", value=rep_id)
    return rep
