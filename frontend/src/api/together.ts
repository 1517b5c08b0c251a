import { get } from "./http";
import { ProblemError } from "./problem";
import type { Together } from "./types";

const POLL_MS = 2000;
const SEAT_AGAIN_MS = 30_000;
const CLOSED_TO_US = new Set([401, 403, 404]);

/**
 * Follow who is on an alignment and which revision it is at. The stream reconnects by itself; where
 * it is refused (no seat left, a proxy that buffers) the desk asks every two seconds and tries for
 * a stream again after a while. A tab nobody looks at holds no seat.
 */
export function followAlignment(id: number, onState: (state: Together) => void): () => void {
  const address = `/api/v1/alignments/${id}/together`;
  const stopping = new AbortController();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const pause = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
  };
  const poll = (until: number) => {
    get<Together>(address, undefined, stopping.signal)
      .then((state) => {
        onState(state);
        return true;
      })
      .catch((error) => !(error instanceof ProblemError && CLOSED_TO_US.has(error.status)))
      .then((mayAsk) => {
        if (!mayAsk || stopping.signal.aborted || document.hidden) return;
        timer = setTimeout(() => (Date.now() < until ? poll(until) : stream()), POLL_MS);
      });
  };
  const stream = () => {
    const opened = new EventSource(`${address}/events`);
    source = opened;
    opened.addEventListener("state", (event: MessageEvent<string>) =>
      onState(JSON.parse(event.data) as Together),
    );
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED && source === opened) {
        source = null;
        poll(Date.now() + SEAT_AGAIN_MS);
      }
    };
  };
  const onVisibility = () => {
    pause();
    if (!document.hidden) stream();
  };

  document.addEventListener("visibilitychange", onVisibility, { signal: stopping.signal });
  if (!document.hidden) stream();
  return () => {
    stopping.abort();
    pause();
  };
}
