"""From a cell's text to a value, or a reason why not."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from typing import Any

from accounts.importing.problems import BadValue
from accounts.spreadsheet import undefuse

Parser = Callable[[str], Any]
# Amounts stay exact as JSON numbers.
MONEY_MAX_MINOR = 2**53 - 1
NUMBER_TEXT_MAX = 60
# ISO 4217: currencies whose minor unit is not a hundredth.
_WHOLE = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
}  # fmt: skip
_THOUSANDTHS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
_SYMBOLS = re.compile(r"[$€£¥₹]")
_CODE = re.compile(r"\b[A-Z]{3}\b")


# Control characters that are Windows-1252 bytes read as Latin-1 somewhere on their way: quotes, dashes, the euro sign.
_WINDOWS_1252 = {
    byte: character for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", errors="ignore"))
}


class NumberStyle(Enum):
    POINT = "1,234.56"
    COMMA = "1.234,56"


_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_SPACES = "[\u0020\u00a0\u2009\u202f'’]"
_GROUPED = {
    NumberStyle.POINT: re.compile(rf"[+-]?\d{{1,3}}(?:(?:,\d{{3}})+|(?:{_SPACES}\d{{3}})+)(?:\.\d*)?", re.ASCII),
    NumberStyle.COMMA: re.compile(
        rf"[+-]?(?:\d+|\d{{1,3}}(?:(?:\.\d{{3}})+|(?:{_SPACES}\d{{3}})+))(?:,\d*)?", re.ASCII
    ),
}
_GROUPS = {NumberStyle.POINT: re.compile(rf"{_SPACES}|,"), NumberStyle.COMMA: re.compile(rf"{_SPACES}|\.")}
_SAYS_COMMA = re.compile(r"\d,(?:\d{1,2}|\d{4,})$|\.\d{3},\d|\d\.\d{3}\.\d{3}", re.ASCII)
_SAYS_POINT = re.compile(r"\d\.(?:\d{1,2}|\d{4,})$|,\d{3}\.\d|\d,\d{3},\d{3}", re.ASCII)


def detect_style(samples: Iterable[str], *, delimiter: str) -> NumberStyle:
    """Which sign a column writes before the decimals; unclear ones follow the file's delimiter."""
    n_comma = n_point = 0
    for sample in samples:
        bare = sample.strip().rstrip(")%€$£ ")
        n_comma += bool(_SAYS_COMMA.search(bare))
        n_point += bool(_SAYS_POINT.search(bare))
    if n_comma == n_point:
        return NumberStyle.COMMA if delimiter == ";" else NumberStyle.POINT
    return NumberStyle.COMMA if n_comma > n_point else NumberStyle.POINT


def text(max_length: int) -> Parser:
    """One line of text: trimmed, line breaks become spaces, our own exports' apostrophe against formulas goes."""

    def parse(value: str) -> str:
        value = undefuse(value.strip())
        if not value.isprintable():
            value = _one_line(value)
        if len(value) > max_length:
            raise BadValue(f"is {len(value):,} characters long", f"at most {max_length}")
        return value

    return parse


def _one_line(value: str) -> str:
    value = re.sub(r"\s*[\t\r\n\v\f]+\s*", " ", value).translate(_WINDOWS_1252)
    for character in value:
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise BadValue(f"contains the control character U+{ord(character):04X}")
    return value


def number(style: NumberStyle, *, minimum: float = -math.inf, maximum: float = math.inf, default: Any = None) -> Parser:
    bound = _bound(minimum, maximum)

    def parse(value: str) -> Any:
        if not value or not (value := value.strip()):
            return default
        parsed = float(_plain(value, style))
        if not math.isfinite(parsed):
            raise BadValue("is too large a number", bound)
        if not minimum <= parsed <= maximum:
            raise BadValue("is out of range", bound)
        return parsed

    return parse


def fraction(style: NumberStyle, *, default: float) -> Parser:
    """Between 0 and 1; 80 % is 0.8."""
    plain = number(style, minimum=0, maximum=1, default=default)
    percent = number(style, minimum=0, maximum=100)

    def parse(value: str) -> Any:
        bare = value.rstrip()
        return percent(bare[:-1]) / 100 if bare.endswith("%") and bare[:-1].strip() else plain(bare)

    return parse


def degrees(maximum: float) -> Parser:
    """Decimal degrees; a comma can only be the decimal sign. None when empty."""
    bound = _bound(-maximum, maximum)

    def parse(value: str) -> Any:
        if not value or not (value := value.strip()):
            return None
        if "," in value and "." not in value:
            value = value.replace(",", ".")
        value = value.replace("−", "-")
        if len(value) > NUMBER_TEXT_MAX or not _PLAIN.fullmatch(value):
            raise BadValue("is not a number of decimal degrees", bound)
        parsed = float(value)
        if not -maximum <= parsed <= maximum:
            raise BadValue("is out of range", bound)
        return parsed

    return parse


def exponent_of(currency: str) -> int:
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def money(style: NumberStyle, currency: str) -> Parser:
    """An amount as integer minor units of the workspace's currency; empty is 0."""
    exponent = exponent_of(currency)
    largest = MONEY_MAX_MINOR // 10**exponent
    bound = f"between 0 and {largest:,} {currency}"

    def parse(value: str) -> int:
        if not value or not (value := value.strip()):
            return 0
        if not _PLAIN.fullmatch(value):
            value = _without_currency(value, currency)
        plain = _plain(value, style)
        if not 0 <= float(plain) <= largest:
            raise BadValue("is out of range", bound)
        return int(Decimal(plain).scaleb(exponent).to_integral_value(ROUND_HALF_EVEN))

    return parse


def _plain(value: str, style: NumberStyle) -> str:
    """The number as Python reads it: no grouping, point before the decimals."""
    if value.startswith("(") and value.endswith(")"):
        value = "-" + value[1:-1].strip()
    value = value.replace("−", "-")
    if style is NumberStyle.POINT and len(value) <= NUMBER_TEXT_MAX and _PLAIN.fullmatch(value):
        return value
    if len(value) <= NUMBER_TEXT_MAX and _GROUPED[style].fullmatch(value):
        return _GROUPS[style].sub("", value).replace(",", ".")
    raise BadValue("is not a number", f"written like {style.value}")


def _without_currency(value: str, currency: str) -> str:
    codes = _CODE.findall(value)
    if codes and codes != [currency] and codes != ["NAN"]:
        raise BadValue(f"is in {codes[0]}", f"amounts in {currency}, the workspace's currency")
    return _SYMBOLS.sub("", _CODE.sub("", value) if codes == [currency] else value).strip()


def _bound(minimum: float, maximum: float) -> str | None:
    if math.isinf(maximum):
        return None if math.isinf(minimum) else f"{minimum:g} or more"
    return f"between {minimum:g} and {maximum:g}"
