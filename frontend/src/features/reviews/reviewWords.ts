import type { Review, ReviewSchedule } from "@/api/reviews";
import { formatDate, formatFixed, formatNumber } from "@/domain/format";
import type { Tone } from "@/ui/Tag";

export const METRICS: readonly { key: string; label: string }[] = [
  { key: "accounts", label: "Accounts" },
  { key: "revenue", label: "Revenue" },
  { key: "potential", label: "Potential" },
  { key: "pipeline", label: "Pipeline" },
  { key: "workload", label: "Workload" },
  { key: "travel", label: "Travel" },
];

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

/** "Every month on day 15"; a day that a month lacks is its last. */
export function rhythmWords({
  every,
  weekday,
  day,
}: Pick<ReviewSchedule, "every" | "weekday" | "day">): string {
  if (every === "weekly") return `Every ${WEEKDAYS[weekday ?? 0]}`;
  const on = day === 31 ? "on the last day" : `on day ${day}`;
  return every === "monthly"
    ? `Every month ${on}`
    : `Every quarter ${on} of January, April, July and October`;
}

export function watchedWords({
  thresholds,
  index_min,
}: Pick<ReviewSchedule, "thresholds" | "index_min">): string {
  const bands = METRICS.flatMap(({ key, label }) => {
    const tolerance = thresholds[key];
    return tolerance === undefined ? [] : [`${label} ±${formatNumber(100 * tolerance)} %`];
  });
  if (index_min !== null) bands.push(`balance index at least ${formatNumber(index_min)}`);
  return bands.join(", ");
}

/** What is to be said of it in a word or two. */
export function verdict({ alarms, drift }: Pick<Review, "alarms" | "drift">): {
  word: string;
  tone: Tone;
} {
  if (alarms.length > 0) {
    return { word: alarms.length === 1 ? "1 alarm" : `${alarms.length} alarms`, tone: "bad" };
  }
  if (!drift) return { word: "First review", tone: "quiet" };
  const hasLeft = drift.metrics.some(({ left }) => left.length > 0);
  return hasLeft ? { word: "Drifted", tone: "warn" } : { word: "In order", tone: "good" };
}

/** Sentences on the metrics that moved, and the names of those that did not. */
export function driftSentences({ drift }: Pick<Review, "drift">): {
  sentences: string[];
  unchanged: string[];
} {
  const metrics = drift?.metrics ?? [];
  const moved = metrics.filter(
    ({ left, returned, sentence }) =>
      left.length + returned.length > 0 || !sentence.endsWith(", as before."),
  );
  const still = metrics.filter((metric) => !moved.includes(metric));
  return {
    sentences: moved.map(({ sentence }) => sentence),
    unchanged: still.map(({ key }) => METRICS.find((one) => one.key === key)?.label ?? key),
  };
}

/** Who was mailed, and how it went. */
export function mailWords({ mails }: Pick<Review, "mails">): string | null {
  if (mails.length === 0) return null;
  const STATES = { sent: "Mailed to", waiting: "Mail waiting for", failed: "Mail failed for" };
  return (["sent", "waiting", "failed"] as const)
    .flatMap((state) => {
      const names = mails.filter((one) => one.state === state).map(({ name }) => name);
      return names.length > 0 ? [`${STATES[state]} ${names.join(", ")}.`] : [];
    })
    .join(" ");
}

/** For people who hear the page: each point of a line. */
export function lineWords(
  label: string,
  dates: readonly string[],
  values: readonly (number | null)[],
): string {
  const points = dates.map((on, i) => {
    return `${formatDate(on)} ${formatFixed(values[i])}`;
  });
  return `${label}: ${points.join(", ")}`;
}
