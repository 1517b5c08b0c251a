from typing import Any

from django.db import models


class TenantForeignKey(models.ForeignKey):
    """A reference inside one workspace.

    A plain foreign key accepts another tenant's row, because constraint checks bypass row-level security. So the
    database holds `(workspace_id, x_id) → (workspace_id, id)` instead, made by `workspace.rls.reference`.
    """

    def __init__(self, to: Any, on_delete: Any, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        options.pop("db_constraint", None)
        return name, path, arguments, options


class SealedField(models.TextField):
    """What `workspace.sealing` sealed. It stays so in the model: only who calls `unseal` sees the secret.

    `manage.py rotate_secrets` finds every column of this kind.
    """
