"""How thickly accounts and revenue lie on the ground."""


def per_km2(amount: float, area_km2: float | None) -> float | None:
    """Amount for each square kilometre; None where there is no area."""
    return amount / area_km2 if area_km2 else None
