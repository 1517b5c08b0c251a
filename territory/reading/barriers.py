from collections.abc import Iterable, Sequence
from typing import Any

import shapely

from territory.layers.barriers import count_parted
from territory.models import Barrier, UnitLayer, UnitLayerState
from territory.reading.boundaries import DECIMALS
from workspace.models import Member


def barrier_features(barriers: Iterable[Barrier]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [barrier_feature(barrier) for barrier in barriers]}


def barrier_feature(barrier: Barrier) -> dict[str, Any]:
    named = {name: getattr(barrier, name) for name in ("name", "kind", "is_hard", "cost_km", "bridges")}
    geometry = {"type": barrier.shape.geom_type, "coordinates": _rounded(barrier.shape.coords)}
    return {"type": "Feature", "id": barrier.pk, "properties": named, "geometry": geometry}


def parted_in_layers(
    member: Member, shape: shapely.Geometry, bridges: Sequence[Sequence[float]]
) -> list[dict[str, Any]]:
    """For each layer how many pairs of touching units a barrier of this shape would part."""
    layers = UnitLayer.objects.visible_to(member).filter(state=UnitLayerState.READY).order_by("id")
    return [
        {"layer_id": layer.pk, "name": layer.name, "n_parted": count_parted(layer, shape, bridges)} for layer in layers
    ]


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
