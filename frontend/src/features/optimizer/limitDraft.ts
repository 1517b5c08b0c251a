import type { NewRun, ScorecardMetric } from "@/api/types";
import { formatMetric, minorUnitDigits } from "@/domain/format";
import { keepsDistancesShort } from "./objective";

/** A limit as people write it: money in major units, the empty side null. */
export interface LimitDraft {
  id: number;
  key: string;
  /** Null = every territory. */
  territoryId: number | null;
  least: number | null;
  most: number | null;
}

/** What of a form decides whether a limit can be asked for. */
interface LimitedDraft extends Pick<NewRun, "from" | "objective"> {
  limits: readonly LimitDraft[];
  aims: readonly {
    key: string;
    label: string;
    isChosen: boolean;
    missPrice_km: number | null;
  }[];
}

type Limit = NonNullable<NewRun["limits"]>[number];

const isSet = ({ least, most }: LimitDraft) => least !== null || most !== null;

/** What is wrong with a limit, in words with a way out; null where nothing is. */
export function limitProblem(limit: LimitDraft, draft: LimitedDraft): string | null {
  const { limits, aims } = draft;
  const { least, most } = limit;
  if (least !== null && most !== null && least > most) {
    return "The least is above the most: lower one or raise the other.";
  }
  const first = limits.find(
    ({ key, territoryId }) => key === limit.key && territoryId === limit.territoryId,
  );
  if (first !== limit) return "This is limited further up already: change that line instead.";
  const aim = aims.find(({ key }) => key === limit.key);
  const mayMiss = aim?.isChosen && aim.missPrice_km !== null && keepsDistancesShort(draft);
  if (isSet(limit) && mayMiss) {
    return `A limit is always kept, but ${aim.label.toLowerCase()} may be missed: choose “must be kept” below, or remove this.`;
  }
  return null;
}

/** Lines without a figure ask for nothing. */
export function asLimits(
  limits: readonly LimitDraft[],
  metrics: readonly ScorecardMetric[],
  currency: string,
): Limit[] {
  return limits.filter(isSet).map(({ key, territoryId, least, most }) => {
    const isMoney = metrics.some((metric) => metric.key === key && metric.unit === "currency");
    const scale = isMoney ? 10 ** minorUnitDigits(currency) : 1;
    const inUnit = (value: number | null) => (value === null ? null : Math.round(value * scale));
    return { key, territory_id: territoryId, least: inUnit(least), most: inUnit(most) };
  });
}

export const hasMost = (limits: readonly LimitDraft[]) => limits.some(({ most }) => most !== null);

export function nextLimit(limits: readonly LimitDraft[], key: string): LimitDraft {
  const id = 1 + Math.max(0, ...limits.map((limit) => limit.id));
  return { id, key, territoryId: null, least: null, most: null };
}

/** What stands after a figure: a unit of its own for money and hours, nothing for a count. */
export function unitSuffix(unit: string, currency: string): string {
  if (unit === "currency") return ` ${currency}`;
  return unit === "h/year" ? " h" : "";
}

/** Where the territories are today, so that a limit can be chosen that means something. */
export function todayWords(metric: ScorecardMetric, currency: string): string {
  const shown = (value: number) => formatMetric(value, metric.unit, currency);
  return `Today ${shown(metric.min)} to ${shown(metric.max)} in a territory.`;
}
