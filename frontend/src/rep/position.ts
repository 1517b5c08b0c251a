import type { Place } from "./accountList";

export interface Position extends Place {
  accuracy_m: number;
}

export type PositionState =
  | { kind: "unknown" }
  | { kind: "asking" }
  | { kind: "known"; position: Position }
  | { kind: "refused"; words: string };

const MAX_AGE_MS = 60_000;
const PATIENCE_MS = 12_000;
const INSTEAD = "Distances are measured from the middle of your territory.";

/** Codes of the browser's GeolocationPositionError. */
const DENIED = 1;
const TIMED_OUT = 3;

export function refusalWords(code: number | null): string {
  if (code === null) {
    return `Your location is only given to pages with a secure (https) address. ${INSTEAD}`;
  }
  if (code === DENIED) {
    return `Location is not allowed for this page. ${INSTEAD} To change that, allow location in the browser's settings for this site, then tap Near me again.`;
  }
  if (code === TIMED_OUT) {
    return `Your location took too long to find. ${INSTEAD} Tap Near me to try again.`;
  }
  return `Your location could not be found. ${INSTEAD} Tap Near me to try again.`;
}

export function locate(): Promise<PositionState> {
  if (!("geolocation" in navigator) || !window.isSecureContext) {
    return Promise.resolve({ kind: "refused", words: refusalWords(null) });
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          kind: "known",
          position: {
            lon: coords.longitude,
            lat: coords.latitude,
            accuracy_m: coords.accuracy,
          },
        }),
      ({ code }) => resolve({ kind: "refused", words: refusalWords(code) }),
      { enableHighAccuracy: true, maximumAge: MAX_AGE_MS, timeout: PATIENCE_MS },
    );
  });
}
