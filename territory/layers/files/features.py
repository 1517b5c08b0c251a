"""What every reader of a file format hands over."""

from dataclasses import dataclass, field
from typing import Any

from shapely import Geometry

from territory.layers.files.limits import ATTRIBUTES_MAX, FEATURES_MAX
from workspace.exceptions import Invalid, TooLarge

SAMPLE_MAX = 200


@dataclass(frozen=True)
class Choices:
    """What the user decided about a file; nothing of it is guessed."""

    layer: str | None = None
    is_longitude_latitude: bool = False
    repair: bool = False


@dataclass(frozen=True)
class Problem:
    """Why a feature (counted from 1 as in the file) cannot be a unit, and where it goes wrong."""

    feature: int
    problem: str
    lon: float | None = None
    lat: float | None = None
    can_be_repaired: bool = False


@dataclass
class FileLayer:
    """The features of one layer of a file: shapes in the file's projection, attributes as text.

    `crs` is None where the file does not say in which projection it is.
    """

    layers: list[dict[str, Any]]
    layer: str
    crs: str | None
    shapes: list[Geometry | None] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    encoding: str | None = None

    def add(self, shape: Geometry | None, attributes: dict[str, Any], problem: str | None = None) -> None:
        self.shapes.append(shape)
        self.rows.append({as_text(key): as_text(value) for key, value in attributes.items()})
        if problem is not None:
            self.problems.append(Problem(len(self.shapes), problem))

    def columns(self) -> list[str]:
        return list(dict.fromkeys(name for row in self.rows for name in row))[:ATTRIBUTES_MAX]


def as_text(value: Any) -> str:
    """An attribute as it is shown: whole numbers without a point, nothing for what is missing."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return text.replace("\x00", "␀").strip()[:SAMPLE_MAX]


def choose_layer(layers: list[dict[str, Any]], wanted: str | None) -> str:
    """The layer asked for, or the first one that holds something."""
    names = [layer["name"] for layer in layers]
    if not names:
        raise Invalid.field("file", "holds no layer with features")
    if wanted is not None:
        if wanted not in names:
            raise Invalid.field(
                "layer", "is not a layer of this file", value=wanted[:100], bound=", ".join(names)[:500]
            )
        return wanted
    return next((layer["name"] for layer in layers if layer["n_features"]), names[0])


def check_n_features(count: int) -> None:
    if count > FEATURES_MAX:
        detail = f"declares {count:,} features, at most {FEATURES_MAX:,} are accepted"
        error = Invalid.field("file", detail, value=count, bound=FEATURES_MAX)
        raise TooLarge(error.detail, errors=error.errors)
    if count <= 0:
        raise Invalid.field("file", "holds no features")
