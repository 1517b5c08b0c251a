from django.db import migrations

# Runs as its owner: only a table's owner may ANALYZE it. Eight pages hold some hundred rows, which are quickly compared.
COUNT_ROWS = """
CREATE FUNCTION count_rows_of_table(name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass(quote_ident(name)) AND relkind = 'r'
            AND pg_relation_size(oid) > 8 * current_setting('block_size')::bigint
            AND (reltuples <= 0 OR pg_relation_size(oid) > 2 * relpages * current_setting('block_size')::bigint)
    ) THEN
        EXECUTE format('ANALYZE %I', name);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_tenants")]

    operations = [migrations.RunSQL(COUNT_ROWS, "DROP FUNCTION count_rows_of_table(text)")]
