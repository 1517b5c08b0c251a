"""Deriving which territory each account belongs to: override, else unit, else boundary, else none."""

from territory.assignment.affected import Affected, all_accounts, between, given, in_table, in_units
from territory.assignment.derive import derive, refresh
from territory.assignment.moves import Moves

__all__ = ["Affected", "Moves", "all_accounts", "between", "derive", "given", "in_table", "in_units", "refresh"]
