"""Numbers in sentences."""


def plural(count: int, word: str) -> str:
    """`1 account`, `1,204 accounts`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
