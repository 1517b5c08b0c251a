from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from workspace.fields import SealedField
from workspace.models import Workspace
from workspace.sealing import CannotOpen, seal_again
from workspace.tenancy import workspace


class Command(BaseCommand):
    help = "Seal every stored secret with the first key of SECRETS_KEYS; afterwards the others can be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        columns = [
            (model, field.name)
            for model in apps.get_models()
            for field in model._meta.local_fields
            if isinstance(field, SealedField)
        ]
        n_done = 0
        for tenant in Workspace.objects.order_by("id"):
            with workspace(tenant.id):
                n_done += sum(_rotate(model, name, tenant) for model, name in columns)
        self.stdout.write(f"{n_done} secrets are sealed with the first key.")


def _rotate(model: type[models.Model], name: str, tenant: Workspace) -> int:
    rows = model._default_manager.filter(workspace_id=tenant.id)
    n_done = 0
    for key, sealed in rows.exclude(**{name: ""}).values_list("pk", name):
        try:
            fresh = seal_again(sealed)
        except CannotOpen as refusal:
            raise CommandError(f"{model._meta.label} {key}: {refusal} Nothing of {tenant.slug} was changed.") from None
        # A secret that was replaced meanwhile is under the first key already.
        n_done += rows.filter(pk=key, **{name: sealed}).update(**{name: fresh})
    return n_done
