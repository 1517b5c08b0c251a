import { useEffect, useState } from "react";
import { followJob, isFinal } from "./jobs";
import type { Job } from "./types";

/** The job as it runs; `onFinal` is called once, also when it had ended before the first look. */
export function useJob(initial: Job | null, onFinal?: (job: Job) => void): Job | null {
  const [latest, setLatest] = useState<Job | null>(null);
  const id = initial?.id ?? null;
  const wasFinal = initial !== null && isFinal(initial);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one subscription per job, whatever the callback
  useEffect(() => {
    if (id === null || wasFinal) return;
    return followJob(id, (job) => {
      setLatest(job);
      if (isFinal(job)) onFinal?.(job);
    });
  }, [id, wasFinal]);

  return latest?.id === id ? latest : initial;
}
