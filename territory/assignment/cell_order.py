from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def cursor_by_cells() -> Iterator[CursorWrapper]:
    """A cursor that reads ranges of cells from the index that has them in order, not by sorting another's rows.

    With outdated statistics both look alike, and one range after the other would read the whole alignment: minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield cursor
        cursor.execute("SET LOCAL enable_sort = on")
