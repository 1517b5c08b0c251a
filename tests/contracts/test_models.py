"""Rules of the models that the code keeps about itself."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from workspace.fields import TenantForeignKey
from workspace.models import TenantModel

OUR_APPS = ("workspace", "accounts", "territory", "balancing")
TENANT_MODELS = [m for app in OUR_APPS for m in apps.get_app_config(app).get_models() if issubclass(m, TenantModel)]


def model_sources() -> list[Path]:
    return [path for app in OUR_APPS for path in (Path(settings.BASE_DIR) / app / "models").rglob("*.py")]


@pytest.mark.parametrize("path", model_sources(), ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_no_foreign_key_names_its_target_as_text(path: Path) -> None:
    """A text target hides an upward arrow from the import contracts; "self" is the one that cannot."""
    found = [
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and callee(node) in {"ForeignKey", "TenantForeignKey", "OneToOneField", "ManyToManyField"}
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value != "self"
    ]
    assert found == []


def callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("app", OUR_APPS)
def test_nothing_looks_models_up_by_name(app: str) -> None:
    sources = [path for path in (Path(settings.BASE_DIR) / app).rglob("*.py") if "migrations" not in path.parts]
    assert [path.name for path in sources if "get_model(" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_references_inside_a_workspace_are_tenant_foreign_keys(model: type[models.Model]) -> None:
    plain = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.name != "workspace"
        and not isinstance(field, TenantForeignKey)
    ]
    assert plain == []


@pytest.mark.django_db
def test_every_tenant_foreign_key_is_held_by_the_database_with_its_workspace() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND cardinality(conkey) = 2"
        )
        held = set(cursor.fetchall())
    declared = {
        (model._meta.db_table, f"{model._meta.db_table}_{field.column}_tenant_fk")
        for model in TENANT_MODELS
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
    }
    assert declared - held == set()
