import type { NewRun } from "@/api/types";

/** Against which a miss can be weighed: from nothing, borders may be what is kept short instead. */
export const keepsDistancesShort = ({ from, objective }: Pick<NewRun, "from" | "objective">) =>
  from === "current" || objective === "distance";
