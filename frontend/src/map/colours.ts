import { NOBODY_COLOUR } from "@/domain/palette";
import type { BasemapColours } from "./layers/BasemapLayer";
import type { LabelColours } from "./layers/LabelLayer";

export type Scheme = "light" | "dark";

export interface MapColours {
  basemap: BasemapColours;
  labels: LabelColours;
  hairline: string;
  outline: string;
  selected: string;
  halo: string;
  barrier: string;
  ink: string;
}

export const MAP_COLOURS: Record<Scheme, MapColours> = {
  light: {
    basemap: { land: "#f1f2f0", coast: "#c3ccd0", stateLine: "#cdd2d3" },
    labels: {
      title: "#0e1c23",
      halo: "rgba(255, 255, 255, 0.92)",
      over: "#a8201a",
      under: "#7d5200",
      in_band: "#1c6b43",
      unknown: "#4a5a63",
    },
    hairline: "rgba(255, 255, 255, 0.85)",
    outline: "#2b3d46",
    selected: "#0b1f29",
    halo: "rgba(255, 255, 255, 0.9)",
    barrier: "#6d28a8",
    ink: "#14252e",
  },
  dark: {
    basemap: { land: "#20282d", coast: "#46535a", stateLine: "#3a464c" },
    labels: {
      title: "#f4f8fa",
      halo: "rgba(12, 18, 21, 0.9)",
      over: "#ff9d94",
      under: "#f3c06d",
      in_band: "#83dcae",
      unknown: "#b6c3c9",
    },
    hairline: "rgba(16, 24, 29, 0.65)",
    outline: "#0b1114",
    selected: "#ffffff",
    halo: "rgba(12, 18, 21, 0.85)",
    barrier: "#d7a8ff",
    ink: "#f4f8fa",
  },
};

type Rgb = [red: number, green: number, blue: number];

/** Territory ground: the colour thinned towards the paper so that labels stay readable. */
export function fillColour(colour: string, scheme: Scheme): string {
  return scheme === "light" ? mix(colour, "#ffffff", 0.46) : mix(colour, "#12191d", 0.42);
}

/** Accounts on that ground. */
export function dotColour(colour: string, scheme: Scheme): string {
  return scheme === "light" ? mix(colour, "#06141b", 0.62) : mix(colour, "#ffffff", 0.55);
}

export function mix(colour: string, other: string, share: number): string {
  const a = rgb(colour);
  const b = rgb(other);
  const parts = a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share));
  return `rgb(${parts.join(", ")})`;
}

function rgb(colour: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) return colour === NOBODY_COLOUR ? [185, 193, 198] : rgb(NOBODY_COLOUR);
  return [1, 2, 3].map((i) => Number.parseInt(match[i] ?? "0", 16)) as Rgb;
}
