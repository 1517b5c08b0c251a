from django.db import migrations

# Runs as its owner: only a table's owner may ANALYZE it.
COUNT_ROWS = """
CREATE FUNCTION count_rows_of_table(name text, at_least bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass(quote_ident(name)) AND relkind = 'r' AND reltuples < at_least / 2
    ) THEN
        EXECUTE format('ANALYZE %I', name);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_tenants")]

    operations = [migrations.RunSQL(COUNT_ROWS, "DROP FUNCTION count_rows_of_table(text, bigint)")]
