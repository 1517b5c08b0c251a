import type { Answer, FigureUnit } from "@/api/types";
import {
  formatCount,
  formatDeviation,
  formatMoney,
  formatNumber,
  formatShare,
  formatSigned,
  MISSING,
} from "@/domain/format";
import type { Tone } from "@/ui/Tag";

export const VERDICTS: Record<Answer["verdict"], { word: string; tone: Tone }> = {
  good: { word: "In order", tone: "good" },
  mixed: { word: "Worth a look", tone: "warn" },
  bad: { word: "Needs action", tone: "bad" },
  unknown: { word: "Not known", tone: "quiet" },
};

/** A figure beside an answer, in its unit. */
export function figureWords(value: number | null, unit: FigureUnit, currency: string): string {
  if (value === null) return MISSING;
  switch (unit) {
    case "money":
      return formatMoney(value, currency);
    case "fraction":
      return formatShare(value);
    case "hours":
      return `${formatCount(Math.round(value))} h`;
    case "index":
      return formatNumber(value, 1);
    case "ratio":
      return formatNumber(value, 2);
    case "reps":
      return formatNumber(value, 1);
    case "count":
      return formatCount(value);
  }
}

/** The same in a table of what is beside target: with its sign. */
export function rowWords(value: number | null, unit: FigureUnit, currency: string): string {
  if (value === null) return MISSING;
  if (unit === "fraction") return formatDeviation(value);
  if (unit === "hours") return `${formatSigned(Math.round(value), formatCount)} h`;
  return figureWords(value, unit, currency);
}

/** How a territory is coloured by how far it is off: paler when it is right. */
export function shadeColour(shade: number | null): string {
  if (shade === null) return "var(--panel-sunken)";
  const strength = Math.round(100 * Math.min(1, Math.abs(shade) / 0.4));
  const colour = shade > 0 ? "var(--over)" : "var(--under)";
  return `color-mix(in srgb, ${colour} ${Math.round(strength * 0.75)}%, var(--shade-right))`;
}
