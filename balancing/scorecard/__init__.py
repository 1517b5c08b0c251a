"""How good an alignment is: totals read once, formulas applied, every figure beside its target."""
