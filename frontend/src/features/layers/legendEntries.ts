import type { ScorecardMetric } from "@/api/types";
import { formatMetric } from "@/domain/format";
import { type SegmentNumber, segmentLegend } from "@/domain/segments";
import type { UnitColumns } from "@/domain/units";
import { choroplethClasses } from "@/map/choropleth";
import type { Scheme } from "@/map/colours";
import type { MapLook } from "@/map/look";
import { bubbleWords } from "./AccountFields";
import type { LegendSign } from "./legendSigns";

/** What the map's signs mean, for the screen and for a picture of the map alike. */
export interface LegendEntry {
  /** Stands above the rows of a choropleth. */
  title?: string;
  rows: { sign: LegendSign; label: string }[];
}

export interface LegendFacts {
  look: MapLook;
  scheme: Scheme;
  units: UnitColumns | null;
  metrics: readonly ScorecardMetric[];
  currency: string;
  segments: readonly SegmentNumber[];
  barriers: { hasHard: boolean; hasSoft: boolean; hasBridges: boolean };
  hasFindings: boolean;
  n_moves: number;
}

export function legendEntries(facts: LegendFacts): LegendEntry[] {
  const { look } = facts;
  const isOn = (name: keyof MapLook["layers"]) => look.layers[name].isOn;
  const plain = (sign: LegendSign, label: string): LegendEntry => ({ rows: [{ sign, label }] });
  const entries: (LegendEntry | null)[] = [
    isOn("choropleth") ? choroplethEntry(facts) : null,
    isOn("accounts") ? accountsEntry(facts) : null,
    isOn("bubbles")
      ? plain(
          { kind: "bubble" },
          `account, area = ${bubbleWords(look.bubbleMetric, facts.metrics)}`,
        )
      : null,
    isOn("hexagons") ? plain({ kind: "hexagons" }, "few … many accounts in the hexagon") : null,
    isOn("heat") ? plain({ kind: "heat" }, "few … many accounts") : null,
    isOn("moves") && facts.n_moves > 0
      ? plain({ kind: "ring" }, "moved; ring = who had it before")
      : null,
    isOn("findings") && facts.hasFindings
      ? {
          rows: [
            { sign: { kind: "overlap" }, label: "overlap" },
            { sign: { kind: "white" }, label: "white space" },
          ],
        }
      : null,
    isOn("barriers") ? barriersEntry(facts) : null,
    isOn("labels") && look.labelFigures.some((figure) => figure.endsWith(":deviation"))
      ? plain({ kind: "bands" }, "above, below, in band")
      : null,
  ];
  return entries.filter((entry) => entry !== null);
}

function barriersEntry({ barriers }: LegendFacts): LegendEntry | null {
  const { hasHard, hasSoft, hasBridges } = barriers;
  const rows: (LegendEntry["rows"][number] | null)[] = [
    hasHard ? { sign: { kind: "barrier" }, label: "barrier" } : null,
    hasSoft ? { sign: { kind: "soft" }, label: "soft barrier" } : null,
    hasBridges ? { sign: { kind: "bridge" }, label: "bridge" } : null,
  ];
  const shown = rows.filter((row) => row !== null);
  return shown.length > 0 ? { rows: shown } : null;
}

function accountsEntry({ look, segments }: LegendFacts): LegendEntry {
  if (look.accountColours === "territory") {
    return { rows: [{ sign: { kind: "dot" }, label: "account, in its territory’s colour" }] };
  }
  return {
    title: "Accounts by segment",
    rows: segmentLegend(segments).map(({ colour, label }) => ({
      sign: { kind: "spot", colour },
      label,
    })),
  };
}

function choroplethEntry({
  look,
  units,
  metrics,
  currency,
  scheme,
}: LegendFacts): LegendEntry | null {
  const classes = choroplethClasses(units, look.choropleth, scheme);
  const metric = metrics.find(({ key }) => key === look.choropleth.metric);
  if (!classes || !metric) return null;
  const { breaks, colours } = classes;
  const show = (i: number) => formatMetric(breaks[i], metric.unit, currency);
  const label = (i: number) => {
    if (breaks.length === 0) return "none";
    if (i === 0) return `below ${show(0)}`;
    return i < breaks.length ? `${show(i - 1)} – ${show(i)}` : `${show(i - 1)} and more`;
  };
  return {
    title: `${metric.label} per unit`,
    rows: colours.map((colour, i) => ({ sign: { kind: "class", colour }, label: label(i) })),
  };
}
