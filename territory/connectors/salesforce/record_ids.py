"""Record ids: 15 characters in which case counts, or the same with 3 more that say which are capitals."""

import re

_SHORT = re.compile(r"[A-Za-z0-9]{15}")
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def long_id(record_id: str) -> str:
    """18 characters. What is not 15 letters and digits stays as it is."""
    if not _SHORT.fullmatch(record_id):
        return record_id
    blocks = (record_id[start : start + 5] for start in (0, 5, 10))
    return record_id + "".join(
        _SIGNS[sum(1 << n for n, sign in enumerate(block) if sign.isupper())] for block in blocks
    )
