import type { NewReviewSchedule, ReviewSchedule, Rhythm } from "@/api/reviews";
import { METRICS } from "./reviewWords";

/** The form's fields as they are typed: percentages, empty where nothing is watched. */
export interface ScheduleDraft {
  teamId: number;
  name: string;
  every: Rhythm;
  weekday: number;
  day: number | string;
  percents: Record<string, number | string>;
  indexMin: number | string;
  recipients: string[];
  isActive: boolean;
}

const DEFAULT_PERCENT = 10;

export function draftOf(schedule: ReviewSchedule | null, teamId: number): ScheduleDraft {
  const thresholds = schedule?.thresholds ?? { workload: DEFAULT_PERCENT / 100 };
  return {
    teamId: schedule?.team_id ?? teamId,
    name: schedule?.name ?? "Monthly review",
    every: schedule?.every ?? "monthly",
    weekday: schedule?.weekday ?? 0,
    day: schedule?.day ?? 1,
    percents: Object.fromEntries(
      METRICS.map(({ key }) => {
        const tolerance = thresholds[key];
        return [key, tolerance === undefined ? "" : Number((100 * tolerance).toFixed(4))];
      }),
    ),
    indexMin: schedule?.index_min ?? "",
    recipients: (schedule?.recipients ?? []).map(String),
    isActive: schedule?.is_active ?? true,
  };
}

export function bodyOf(draft: ScheduleDraft): NewReviewSchedule {
  const isWeekly = draft.every === "weekly";
  return {
    team_id: draft.teamId,
    name: draft.name.trim(),
    every: draft.every,
    weekday: isWeekly ? draft.weekday : null,
    day: isWeekly ? null : Number(draft.day),
    thresholds: Object.fromEntries(
      Object.entries(draft.percents).flatMap(([key, percent]) =>
        percent === "" ? [] : [[key, Number((Number(percent) / 100).toFixed(6))]],
      ),
    ),
    index_min: draft.indexMin === "" ? null : Number(draft.indexMin),
    recipients: draft.recipients.map(Number),
    is_active: draft.isActive,
  };
}

/** Whether it watches anything. */
export const watchesSomething = ({ percents, indexMin }: ScheduleDraft): boolean =>
  indexMin !== "" || Object.values(percents).some((percent) => percent !== "");
