from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Moves:
    """What a derivation changed: accounts per (before, after), and who owned accounts that several boundaries claim.

    Those owners follow from history, not from the map, so that an undo has to know them.
    """

    counts: dict[tuple[int | None, int | None], int] = field(default_factory=dict)
    owners: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)

    @property
    def n_accounts(self) -> int:
        return sum(count for (before, after), count in self.counts.items() if before != after)

    @property
    def territory_ids(self) -> set[int]:
        return {territory for pair in self.counts for territory in pair if territory is not None}

    def add(self, before: int | None, after: int | None, count: int, contested: Iterable[int]) -> None:
        self.counts[before, after] = self.counts.get((before, after), 0) + count
        if before != after:
            self.owners.update(dict.fromkeys(contested, (before, after)))

    def merge(self, later: "Moves") -> None:
        for pair, count in later.counts.items():
            self.counts[pair] = self.counts.get(pair, 0) + count
        for account, (before, after) in later.owners.items():
            self.owners[account] = (self.owners.get(account, (before, after))[0], after)
