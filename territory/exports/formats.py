from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from territory.models import Alignment, Basis

CSV_TYPE = "text/csv; charset=utf-8"


class Option(StrEnum):
    """What may be asked of an export besides its alignment; every format declares which of them it takes."""

    COLUMNS = "columns"
    CHANGED_SINCE = "changed_since"
    AGAINST = "against"
    TERRITORY = "territory"
    SHEETS = "sheets"


ROW_OPTIONS = frozenset({Option.CHANGED_SINCE, Option.AGAINST, Option.TERRITORY})


@dataclass(frozen=True)
class Options:
    """`columns`: keys, all of them where empty. `territory_ids`: all territories where empty."""

    columns: frozenset[str] = frozenset()
    changed_since: datetime | None = None
    against: Alignment | None = None
    territory_ids: tuple[int, ...] = ()
    sheet_per_territory: bool = False


def as_asked(alignment: Alignment, options: Options) -> Options:
    return options


@dataclass(frozen=True)
class ExportFormat:
    """`write` yields the file in pieces; it runs inside the alignment's workspace.

    `prepare` runs before the answer begins: it refuses in words what cannot be written, and fills in what follows.
    """

    key: str
    label: str
    description: str
    content_type: str
    write: Callable[[Alignment, Options], Iterator[bytes]]
    options: frozenset[Option] = frozenset()
    basis: Basis | None = None
    prepare: Callable[[Alignment, Options], Options] = as_asked

    @property
    def filename(self) -> str:
        return self.key
