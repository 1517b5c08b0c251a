import type { PocketPalette } from "@/map/PocketMap";

/** The canvas cannot read the stylesheet by itself; the colours are handed to it from there. */
export function readPalette(): PocketPalette {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  return {
    pin: read("--pin"),
    halo: read("--halo"),
    selected: read("--selected"),
    text: read("--pin-text"),
    label: read("--ink"),
    labelHalo: read("--label-halo"),
    land: read("--land"),
    coast: read("--coast"),
    stateLine: read("--state-line"),
    position: read("--position"),
  };
}
