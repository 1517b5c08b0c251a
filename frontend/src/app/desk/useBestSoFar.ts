import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { isUnderWay, useBestPlan, useRun, useRuns } from "@/api/runs";
import type { BestPlan } from "@/api/types";
import type { UnitOwners } from "@/domain/units";
import { planNumber } from "@/features/optimizer/liveFigures";

export interface BestSoFar {
  plan: BestPlan;
  /** Null while it is switched off. */
  owners: UnitOwners | null;
  isShown: boolean;
  setShown: (isShown: boolean) => void;
}

/** The best plan of a run of this alignment while it works; null when none works or none is to be shown. */
export function useBestSoFar(alignmentId: number | null): BestSoFar | null {
  const queries = useQueryClient();
  const [isShown, setShown] = useState(true);
  const runs = useRuns(alignmentId);
  const latest = runs.data?.results.find(isUnderWay)?.id ?? null;
  const run = useRun(latest);
  const isWorking = run.data !== undefined && isUnderWay(run.data);
  const hasEnded = run.data !== undefined && !isWorking;
  const isWanted = isWorking && !run.data?.job.cancel_requested;
  const plan = useBestPlan(latest, isWanted ? planNumber(run.data?.job.detail ?? {}) : 0);

  // The list still says that it works: ask again, and for the proposal that came of it.
  useEffect(() => {
    if (!hasEnded) return;
    void queries.invalidateQueries({ queryKey: ["runs"] });
    void queries.invalidateQueries({ queryKey: ["alignments"] });
  }, [hasEnded, queries]);

  const { data } = plan;
  const owners = useMemo(
    () =>
      data ? new Map(data.unit_ids.map((unitId, i) => [unitId, data.territory_ids[i] ?? 0])) : null,
    [data],
  );
  if (!isWanted || !data) return null;
  return { plan: data, owners: isShown ? owners : null, isShown, setShown };
}
