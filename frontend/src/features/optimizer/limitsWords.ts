import type { NewRun, UnitLayer } from "@/api/types";
import { formatCount, formatNumber } from "@/domain/format";
import { hasMost } from "./limitDraft";
import { keepsDistancesShort } from "./objective";
import { chosenAims, type RunDraft } from "./runDraft";

type KeepTogether = NonNullable<NewRun["keep_together"]>;

interface GroupChoice {
  value: KeepTogether;
  label: string;
  kind: UnitLayer["kind"];
}

const GROUPS: readonly GroupChoice[] = [
  { value: "state", label: "counties of one state", kind: "counties" },
  { value: "hexagon_7", label: "hexagons in sevens", kind: "h3" },
  { value: "hexagon_49", label: "hexagons in forty-nines", kind: "h3" },
];

/** What units of such a layer share. */
export const groupChoices = (kind: UnitLayer["kind"] | undefined) =>
  GROUPS.filter((choice) => choice.kind === kind).map(({ value, label }) => ({ value, label }));

export const groupWords = (key: string) => GROUPS.find(({ value }) => value === key)?.label ?? key;

const FIELDS: readonly [RegExp, string][] = [
  [/^limits\.\d+(\.\w+)?: /, "A limit: "],
  [/^headroom: /, "Room to grow: "],
  [/^keep_together: /, "Keep together: "],
  [/^max_distance_km: /, "No unit farther from home than: "],
];

/** A refusal of the server by the names that its fields have in the form. */
export const asInForm = (sentence: string) =>
  FIELDS.reduce((found, [field, name]) => found.replace(field, name), sentence);

/** What a folded section says of itself. */
export function limitsWords(draft: RunDraft): string {
  const set = draft.limits.filter(({ least, most }) => least !== null || most !== null).length;
  const mayMiss = chosenAims(draft)
    .slice(1)
    .filter(({ missPrice_km }) => missPrice_km !== null && keepsDistancesShort(draft));
  const facts = [
    set === 0 ? null : `${formatCount(set)} ${set === 1 ? "limit" : "limits"}`,
    hasMost(draft.limits) && draft.headroom_percent > 0
      ? `${formatNumber(draft.headroom_percent)} % room to grow`
      : null,
    mayMiss.length === 0
      ? null
      : `${mayMiss.map(({ label }) => label.toLowerCase()).join(" and ")} may be missed`,
    draft.keepTogether ? `${groupWords(draft.keepTogether)} together` : null,
    draft.usesHomes ? homesWords(draft.maxDistance_km) : null,
    draft.keepsOverrides ? "named accounts stay" : "named accounts may move",
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}

const homesWords = (max_km: number | null) =>
  max_km === null ? "from the reps’ homes" : `at most ${formatCount(max_km)} km from home`;
