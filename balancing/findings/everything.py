"""All findings of an alignment, ranked by the money they touch."""

from typing import Any

from balancing.findings.load import find_loads
from balancing.findings.look import Look
from balancing.findings.overlap import find_overlaps
from balancing.findings.split import find_splits
from balancing.findings.unplotted import find_unplotted
from balancing.findings.vacant import find_vacant
from balancing.findings.white_space import find_white_space
from territory.models import Alignment

FINDERS = (find_loads, find_overlaps, find_white_space, find_vacant, find_splits, find_unplotted)


def find_all(alignment: Alignment) -> list[dict[str, Any]]:
    look = Look.at(alignment)
    found = [finding for find in FINDERS for finding in find(look)]
    found.sort(key=lambda finding: (-finding.money_minor, finding.id))
    return [finding.as_dict(look.all_revenue_minor) for finding in found]
