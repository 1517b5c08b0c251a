import argparse
import re
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from balancing.travel.roads.building import build_roads
from balancing.travel.roads.reading import UnreadableRoads

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class Command(BaseCommand):
    help = "Make the road graph that travel is measured on from an OpenStreetMap file (.osm.pbf)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", type=_name, required=True, help="an older graph of this name is replaced")
        parser.add_argument("--ferries", action="store_true", help="ferries are roads, too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        began = time.monotonic()
        try:
            graph = build_roads(options["file"], options["name"], ferries=options["ferries"])
        except UnreadableRoads as error:
            raise CommandError(str(error)) from error
        folder = graph.save(Path(settings.ROADS_ROOT))
        of = f", map data of {graph.about.data_date}" if graph.about.data_date else ""
        self.stdout.write(
            f"{graph.n_nodes:,} places, {graph.n_edges:,} roads, {graph.km.sum():,.0f} km in {folder}; "
            f"version {graph.about.version}{of}; {time.monotonic() - began:.1f} s"
        )


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("a name has small letters, digits, - and _")
    return text
