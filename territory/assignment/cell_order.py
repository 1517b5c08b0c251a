from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from territory.assignment.affected import Affected, given
from territory.models import Alignment


@contextmanager
def cursor_by_cells() -> Iterator[CursorWrapper]:
    """A cursor that reads ranges of cells from the index that has them in order, not by sorting another's rows.

    With outdated statistics both look alike, and one range after the other would read the whole alignment: minutes.
    Only for statements that need no sort of their own, whose penalty would hide every other difference.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield cursor
        cursor.execute("SET LOCAL enable_sort = on")


def looked_up(alignment: Alignment, affected: Affected) -> Affected:
    """The same accounts, read from their cells beforehand in a statement of its own."""
    keys = {"workspace": alignment.workspace_id, "alignment": alignment.pk}
    with cursor_by_cells() as cursor:
        cursor.execute(affected.sql, affected.parameters | keys)
        return given([row[0] for row in cursor.fetchall()])
