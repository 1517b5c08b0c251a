from collections.abc import Callable, Iterator
from dataclasses import dataclass

from territory.models import Alignment

CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class ExportFormat:
    """`write` yields the file in pieces; it runs inside the alignment's workspace."""

    key: str
    label: str
    description: str
    content_type: str
    write: Callable[[Alignment], Iterator[bytes]]

    @property
    def filename(self) -> str:
        return self.key
