"""What the planner is told right after a load, before autovacuum comes round."""

from django.db import connection

# So few rows are quickly compared each with each.
FEW = 500


def count_rows(at_least: int, *tables: str) -> None:
    """Have tables counted of which less than half of the rows are known; costs a look into the catalogue otherwise.

    A table is taken for nearly empty when it was never counted, or counted while a load was taken back, so that it had
    pages but no rows. The planner then takes a look-up by any index for one row, and compares 100,000 accounts each
    with each: hours. `at_least` is the number of rows the caller knows to be there.
    """
    if at_least < FEW:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_rows_of_table(name, %s) FROM unnest(%s::text[]) AS name", [at_least, list(tables)])
