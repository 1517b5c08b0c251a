"""Text that spreadsheets must not take for a formula, on the way out and back in.

A cell that starts with one of these characters runs as a formula in common spreadsheet programs (OWASP ASVS 5.0,
1.2.10). One apostrophe in front makes it text; reading takes exactly that one away again, so that a text written and
read is the same text, whatever it was.
"""

import re

_FORMULA_STARTS = "=+\\-@\t\r\n\x00＝＋－＠"
_RUNS_AS_FORMULA = re.compile(f"'*[{_FORMULA_STARTS}]")
_WAS_DEFUSED = re.compile(f"'+[{_FORMULA_STARTS}]")


def defuse(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def undefuse(text: str) -> str:
    """The text behind a defused cell; other cells as they are."""
    return text[1:] if _WAS_DEFUSED.match(text) else text
