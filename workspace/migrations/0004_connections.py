import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference

# Run as their owner, past row-level security: whose a token is, and who has something coming; nothing else.
FUNCTIONS = """
CREATE FUNCTION workspace_api_token(given text) RETURNS TABLE (workspace_id bigint, id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id, id FROM workspace_apitoken WHERE digest = given
$$;
CREATE FUNCTION workspace_webhooks_due() RETURNS TABLE (workspace_id bigint, webhook_id bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    SELECT workspace_id, webhook_id FROM workspace_delivery
    WHERE state = 'waiting' AND next_attempt_at <= clock_timestamp()
    GROUP BY workspace_id, webhook_id ORDER BY min(next_attempt_at) LIMIT 1000
$$;
"""
FUNCTIONS_BACK = "DROP FUNCTION workspace_api_token; DROP FUNCTION workspace_webhooks_due;"


class Migration(migrations.Migration):
    dependencies = [
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=2000)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("import.done", "Import done"),
                                ("run.done", "Run done"),
                                ("alignment.proposed", "Alignment proposed"),
                                ("alignment.published", "Alignment published"),
                            ],
                            max_length=40,
                        ),
                        size=None,
                    ),
                ),
                ("secret", workspace.fields.SealedField()),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                ("payload", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("delivered", "Delivered"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("last_status", models.PositiveSmallIntegerField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "webhook",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="workspace.webhook"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("prefix", models.CharField(max_length=12)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("read", "Read"), ("write", "Write"), ("import", "Import"), ("export", "Export")],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "member",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="workspace_api_token_tenant_key")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspace_webhook_tenant_key"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["workspace", "webhook", "-id"], name="workspace_delivery_newest"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_attempt_at"], name="workspace_delivery_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspace_delivery_tenant_key"),
        ),
        reference("workspace_apitoken", "member_id", "workspace_member", on_delete="CASCADE"),
        reference("workspace_webhook", "created_by_id", "workspace_member", on_delete="SET NULL"),
        reference("workspace_delivery", "webhook_id", "workspace_webhook", on_delete="CASCADE"),
        protect("workspace_apitoken"),
        protect("workspace_webhook"),
        protect("workspace_delivery"),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
    ]
