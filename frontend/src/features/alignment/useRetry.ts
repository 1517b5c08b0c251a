import { useEffect } from "react";
import { retryAfterS } from "@/domain/waitingEdits";

/** Tries again after a while, and as soon as there is a connection or somebody looks at the page. */
export function useRetry(
  { isOffline, attempts, isKept }: { isOffline: boolean; attempts: number; isKept: boolean },
  send: () => Promise<void>,
): void {
  useEffect(() => {
    if (!isOffline) return;
    const again = () => void send();
    const seen = () => {
      if (document.visibilityState === "visible") again();
    };
    const timer = setTimeout(again, retryAfterS(attempts - 1) * 1000);
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [isOffline, attempts, send]);

  // What the browser could not keep is lost with the page: ask before it closes.
  useEffect(() => {
    if (isKept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isKept]);
}
