import { get, send } from "./http";
import type { Job, Page } from "./types";

const FINAL_STATES = new Set<Job["state"]>(["done", "failed", "cancelled"]);
const POLL_MS = 1500;

export function isFinal(job: Pick<Job, "state">): boolean {
  return FINAL_STATES.has(job.state);
}

export const fetchJob = (id: number) => get<Job>(`jobs/${id}`);
export const fetchJobs = (next: string | null) => get<Page<Job>>(next ?? "jobs");
export const cancelJob = (id: number) => send<Job>("POST", `jobs/${id}/cancel`);

/**
 * Follow a job until it ends. The event stream reconnects by itself; when it is refused
 * altogether (a proxy that buffers, an expired session) the job is asked for instead.
 */
export function followJob(id: number, onJob: (job: Job) => void): () => void {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const source = new EventSource(`/api/v1/jobs/${id}/events`);

  const stop = () => {
    isStopped = true;
    source.close();
    clearTimeout(timer);
  };
  const take = (job: Job) => {
    if (isStopped) return;
    onJob(job);
    if (isFinal(job)) stop();
  };
  const poll = () => {
    fetchJob(id)
      .then(take)
      .catch(() => undefined)
      .finally(() => {
        if (!isStopped) timer = setTimeout(poll, POLL_MS);
      });
  };
  const onEvent = (event: MessageEvent<string>) => take(JSON.parse(event.data) as Job);

  source.addEventListener("progress", onEvent);
  source.addEventListener("done", onEvent);
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED && !isStopped) poll();
  };
  return stop;
}
