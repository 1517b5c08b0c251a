from decimal import Decimal

from accounts.importing.parsing import exponent_of


def major_units(minor: int, currency: str) -> Decimal:
    """Exact, with all its decimals: 123450 US cents are 1234.50."""
    return Decimal(minor).scaleb(-exponent_of(currency))
