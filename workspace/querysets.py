from typing import Any, Self

from django.db import models


class TenantQuerySet(models.QuerySet):
    def visible_to(self, member: Any) -> Self:
        """Rows this member may read. Apps narrow it for reps; nothing widens it."""
        return self.filter(workspace_id=member.workspace_id)
