"""Colours for territories: told apart beside each other, readable under dark labels, calm on a grey map."""

import colorsys

# Twelve hues, two lightnesses, in an order that keeps neighbours in the list apart.
_HUES = (210, 28, 145, 330, 50, 268, 182, 8, 98, 302, 232, 75)
_TONES = ((0.58, 0.62), (0.42, 0.55))
PALETTE = tuple(
    "#{:02x}{:02x}{:02x}".format(
        *(round(channel * 255) for channel in colorsys.hls_to_rgb(hue / 360, lightness, saturation))
    )
    for lightness, saturation in _TONES
    for hue in _HUES
)


def colour_of(position: int) -> str:
    return PALETTE[position % len(PALETTE)]
