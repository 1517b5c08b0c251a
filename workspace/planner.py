"""What the planner is told right after a load, before autovacuum comes round."""

from django.db import connection


def count_rows(*tables: str) -> None:
    """Have the rows of tables counted that a vacuum took for empty; costs nothing where they are known.

    A vacuum that finds only the rows of a load taken back, or of one still running, records pages without rows. The
    planner then takes a look-up by any index for one row, and compares 100,000 accounts each with each: hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_rows_of_table(name) FROM unnest(%s::text[]) AS name", [list(tables)])
