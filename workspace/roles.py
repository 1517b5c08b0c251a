"""Who may do what, in the words the views use. The table of every route is tests/api/access.yaml."""

from workspace.models import Role

EVERYONE = frozenset(Role)
READERS = frozenset({Role.ADMIN, Role.MANAGER, Role.OPS, Role.VIEWER})
OPERATORS = frozenset({Role.ADMIN, Role.MANAGER, Role.OPS})
PLANNERS = frozenset({Role.ADMIN, Role.MANAGER})
ADMINS = frozenset({Role.ADMIN})
REPS = frozenset({Role.REP})
