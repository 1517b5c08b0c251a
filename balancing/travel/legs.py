"""Legs that are known already are not asked for again."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from balancing.engine.arrays import FloatArray, LongArray
from balancing.models import TravelLegs
from balancing.models.travel import TravelEngineName
from balancing.travel.bases import Ground
from balancing.travel.engine import Legs, TravelEngine
from balancing.travel.fallback import Patient


@dataclass(frozen=True, eq=False)
class Known:
    """Legs to places by their cells, sorted and each once; NaN where there is no drive."""

    cells: LongArray
    minutes: FloatArray
    km: FloatArray

    @classmethod
    def nothing(cls) -> Self:
        return cls(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))

    def lacks(self, cells: LongArray) -> LongArray:
        """Cells among these that are not known, sorted and each once."""
        return np.setdiff1d(cells, self.cells)

    def with_more(self, cells: LongArray, legs: Legs) -> "Known":
        """None of the cells known before."""
        joined = np.concatenate((self.cells, cells))
        order = np.argsort(joined)
        minutes, km = np.concatenate((self.minutes, legs.minutes)), np.concatenate((self.km, legs.km))
        return Known(joined[order], minutes[order], km[order])

    def to(self, cells: LongArray) -> Legs:
        """Legs to cells (n,); NaN to those not known."""
        if len(self.cells) == 0:
            return Legs(np.full(len(cells), np.nan), np.full(len(cells), np.nan))
        rows = np.minimum(np.searchsorted(self.cells, cells), len(self.cells) - 1)
        is_known = self.cells[rows] == cells
        return Legs(np.where(is_known, self.minutes[rows], np.nan), np.where(is_known, self.km[rows], np.nan))


def legs_of(workspace_id: int, patient: Patient, ground: Ground) -> Legs:
    """Legs (n,) to the ground's accounts, asked for where they are not stored; what was found anew is stored.

    NaN where the engine knows of no drive, which is stored, and where it failed, which is not.
    """
    engine = patient.engine
    stored = ground.home_cell is not None and engine.name != TravelEngineName.ESTIMATE
    known = _stored(workspace_id, engine, ground) if stored else Known.nothing()
    lacking = known.lacks(ground.cells)
    if len(lacking) == 0:
        return known.to(ground.cells)
    # Accounts in one cell are 0.6 m apart at most: any of them stands for all.
    _, first = np.unique(ground.cells, return_index=True)
    first = first[np.isin(ground.cells[first], lacking)]
    answered = patient.ask(ground.lon, ground.lat, ground.lons[first], ground.lats[first])
    fresh = first[answered.is_asked]
    legs = Legs(answered.legs.minutes[answered.is_asked], answered.legs.km[answered.is_asked])
    known = known.with_more(ground.cells[fresh], legs)
    if stored and len(fresh):
        _store(workspace_id, engine, ground, known)
    return known.to(ground.cells)


def _stored(workspace_id: int, engine: TravelEngine, ground: Ground) -> Known:
    row = TravelLegs.objects.filter(
        workspace_id=workspace_id, engine=engine.name, home_cell=ground.home_cell, version=engine.version
    ).first()
    if row is None:
        return Known.nothing()
    cells = np.frombuffer(row.cells, dtype="<i8").astype(np.int64)
    minutes, km = (np.frombuffer(part, dtype="<f4").astype(np.float64) for part in (row.minutes, row.km))
    return Known(cells, minutes, km)


def _store(workspace_id: int, engine: TravelEngine, ground: Ground, known: Known) -> None:
    """One row for a home: what another version knew is overwritten."""
    TravelLegs.objects.update_or_create(
        workspace_id=workspace_id,
        engine=engine.name,
        home_cell=ground.home_cell,
        defaults={
            "version": engine.version,
            "cells": known.cells.astype("<i8").tobytes(),
            "minutes": known.minutes.astype("<f4").tobytes(),
            "km": known.km.astype("<f4").tobytes(),
        },
    )
