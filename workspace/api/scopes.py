"""Which scope of an API token opens which route: one table, asked after the member's role has said yes."""

from workspace.models import Scope

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ANY = frozenset(Scope)
NONE: frozenset[Scope] = frozenset()

# The longest address that fits decides: (what a reading method needs, what the others need), one of each.
_GROUPS: dict[str, tuple[frozenset[Scope], frozenset[Scope]]] = {
    "": (frozenset({Scope.READ}), frozenset({Scope.WRITE})),
    # Every program may ask who it is and how its work goes.
    "session": (ANY, NONE),
    "jobs": (ANY, frozenset({Scope.WRITE})),
    "imports": (frozenset({Scope.IMPORT}), frozenset({Scope.IMPORT})),
    "import-fields": (frozenset({Scope.IMPORT}), NONE),
    "accounts/bulk": (frozenset({Scope.IMPORT}), frozenset({Scope.IMPORT})),
    "exports": (frozenset({Scope.EXPORT}), frozenset({Scope.EXPORT})),
    # Who may do what, and who is told, is decided by people.
    "members": (frozenset({Scope.READ}), NONE),
    "api-tokens": (NONE, NONE),
    "webhooks": (NONE, NONE),
    "webhook-deliveries": (NONE, NONE),
    # So is what goes into the CRM.
    "connections": (NONE, NONE),
    "pushes": (NONE, NONE),
}


def scopes_for(method: str, path: str) -> frozenset[Scope]:
    """Any one of these opens the route; empty where no token does. `path` begins behind /api/v1/."""
    parts = path.strip("/").split("/")
    addresses = ("/".join(parts[:length]) for length in range(len(parts), -1, -1))
    reading, writing = next(_GROUPS[address] for address in addresses if address in _GROUPS)
    return reading if method in READING else writing
