"""Blue Heron Supply: what the demo's company is, whatever the seed."""

from dataclasses import dataclass

from workspace.models import Role

NAME = "Blue Heron Supply"
SLUG = "demo"
CURRENCY = "USD"
TIME_ZONE = "America/New_York"
STATES = ("AL", "FL", "GA", "NC", "SC", "TN")
FIELD_TEAM = "Field sales"
INSIDE_TEAM = "Inside sales"
N_FIELD_REPS = 24
N_INSIDE_REPS = 6
DEFAULT_ACCOUNTS = 12_000
# Not a secret: the demo is for trying out, on one's own machine.
PASSWORD = "blue-heron-7"


@dataclass(frozen=True)
class Login:
    email: str
    name: str
    role: Role
    # A rep's login: of the rep with too little to do, else of one with too much.
    is_idle: bool = False


LOGINS = (
    Login("admin@demo.example", "Avery Admin", Role.ADMIN),
    Login("manager@demo.example", "Morgan Manager", Role.MANAGER),
    Login("ops@demo.example", "Oakley Ops", Role.OPS),
    Login("viewer@demo.example", "Vivian Viewer", Role.VIEWER),
    Login("rep1@demo.example", "", Role.REP),
    Login("rep2@demo.example", "", Role.REP, is_idle=True),
)
