"""Names for the sheets of a workbook: at most 31 characters, none of `[ ] : * ? / \\`, each different from the others.

No apostrophe stands first or last, and “History” is the program's own (Microsoft: "Rename a worksheet").
"""

import re

LENGTH_MAX = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_RUNS_AS_FORMULA = "=+-@＝＋－＠"
_RESERVED = frozenset({"history"})


def sheet_name(wanted: str, taken: set[str]) -> str:
    """The text as a name that none of those taken is, and takes it; a second “North” is “North (2)”."""
    base = _plain(wanted)
    name, count = _cut(base, ""), 1
    while name.casefold() in taken | _RESERVED:
        count += 1
        name = _cut(base, f" ({count})")
    taken.add(name.casefold())
    return name


def _plain(text: str) -> str:
    words = " ".join(_FORBIDDEN.sub(" ", text).split())
    return words.lstrip(f"'{_RUNS_AS_FORMULA} ").rstrip("' ") or "Sheet"


def _cut(base: str, ending: str) -> str:
    """The programs count UTF-16 units: a sign beyond the first 65,536 is two."""
    room = LENGTH_MAX - len(ending)
    cut = base.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return f"{cut.rstrip(chr(39) + ' ')}{ending}"
