"""Reads just enough of a vector tile (Mapbox Vector Tile 2.1) to say what its features carry."""

import struct
from collections.abc import Iterator

Field = tuple[int, int | bytes]


def features(tile: bytes) -> list[dict[str, object]]:
    """The properties of each feature of the tile's only layer."""
    if not tile:
        return []
    [(_, layer)] = list(_fields(tile))
    parts: dict[int, list[bytes]] = {}
    for number, value in _fields(layer):
        if isinstance(value, bytes):
            parts.setdefault(number, []).append(value)
    keys = [key.decode() for key in parts.get(3, [])]
    values = [_value(value) for value in parts.get(4, [])]
    found = []
    for feature in parts.get(2, []):
        tags = next((list(_packed(value)) for number, value in _fields(feature) if number == 2), [])
        found.append({keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)})
    return found


def _fields(message: bytes) -> Iterator[Field]:
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield number, value
        else:
            length, at = (8, at) if kind == 1 else (4, at) if kind == 5 else _varint(message, at)
            yield number, message[at : at + length]
            at += length


def _value(message: bytes) -> object:
    [(number, value)] = list(_fields(message))
    if isinstance(value, int):
        return (value >> 1) ^ -(value & 1) if number == 6 else value
    return struct.unpack("<d", value)[0] if number == 3 else value.decode()


def _packed(message: bytes) -> Iterator[int]:
    at = 0
    while at < len(message):
        value, at = _varint(message, at)
        yield value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
