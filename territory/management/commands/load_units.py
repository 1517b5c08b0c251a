from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from territory.geometry import parse_bbox
from territory.models import UnitLayerKind
from territory.services.unit_layers import load_unit_layer
from workspace.exceptions import DomainError
from workspace.models import Member, Role
from workspace.tenancy import workspace


class Command(BaseCommand):
    help = "Load a layer of units into a workspace: counties of some states, or hexagons over a rectangle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--kind", required=True, choices=[UnitLayerKind.COUNTIES, UnitLayerKind.H3])
        parser.add_argument("--name", help="what people will read; made from the choice when left out")
        parser.add_argument("--states", default="", help="postal codes with commas, e.g. GA,AL; all when left out")
        parser.add_argument("--resolution", type=int, help="3 (large) to 7 (small), for h3")
        parser.add_argument("--bbox", help="west,south,east,north in degrees, for h3")

    def handle(self, **options: Any) -> None:
        admin = Member.objects.filter(workspace__slug=options["workspace"], role=Role.ADMIN).order_by("id").first()
        if admin is None:
            raise CommandError(f"There is no workspace {options['workspace']!r} with an admin.")
        states = [state for state in options["states"].split(",") if state]
        try:
            with workspace(admin.workspace_id):
                layer = load_unit_layer(
                    name=options["name"] or _name(options["kind"], states, options["resolution"]),
                    kind=options["kind"],
                    states=states,
                    resolution=options["resolution"],
                    area=parse_bbox(_bbox(options["bbox"])) if options["bbox"] else None,
                    actor=admin,
                )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Layer {layer.pk}: {layer.name}, {layer.n_units:,} units")


def _bbox(text: str) -> list[float]:
    try:
        west, south, east, north = (float(number) for number in text.split(","))
    except ValueError:
        raise CommandError(f"--bbox {text!r}: must be west,south,east,north in degrees") from None
    return [west, south, east, north]


def _name(kind: str, states: list[str], resolution: int | None) -> str:
    if kind == UnitLayerKind.COUNTIES:
        return f"Counties {', '.join(states).upper() or 'of the United States'}"
    return f"Hexagons, resolution {resolution}"
