"""Money is kept as integer minor units; files and people speak in major units."""

from decimal import Decimal

# Decimals per ISO 4217 where they are not two.
_WITHOUT_DECIMALS = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
}  # fmt: skip
_WITH_THREE = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
_WITH_FOUR = {"CLF", "UYW"}
_DIGITS = {
    **dict.fromkeys(_WITHOUT_DECIMALS, 0),
    **dict.fromkeys(_WITH_THREE, 3),
    **dict.fromkeys(_WITH_FOUR, 4),
}


def minor_digits(currency: str) -> int:
    return _DIGITS.get(currency.upper(), 2)


def major_units(minor: int, currency: str) -> Decimal:
    """Exact, with all its decimals: 123450 US cents are 1234.50."""
    return Decimal(minor).scaleb(-minor_digits(currency))
