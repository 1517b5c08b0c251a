"""Edits as patches: what changed from which value to which, applied forwards to edit and backwards to undo."""

from territory.patches.apply import Effect, apply_patch
from territory.patches.compose import compose, in_ids_of_copy
from territory.patches.patch import Patch, encode_boundary, territory_fields
from territory.patches.present import check_present, untouched_part
from territory.patches.touched import touched_by

__all__ = [
    "Effect",
    "Patch",
    "apply_patch",
    "check_present",
    "compose",
    "encode_boundary",
    "in_ids_of_copy",
    "territory_fields",
    "touched_by",
    "untouched_part",
]
