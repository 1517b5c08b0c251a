"""What the planner is told right after a load, before autovacuum comes round."""

from django.db import connection


def count_rows(*tables: str) -> None:
    """Have tables counted that are taken for empty or have doubled; costs a look into the catalogue otherwise.

    A table is taken for empty when it was never counted, or when a vacuum met only the rows of a load taken back. The
    planner then takes a look-up by any index for one row, and compares 100,000 accounts each with each: hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_rows_of_table(name) FROM unnest(%s::text[]) AS name", [list(tables)])
