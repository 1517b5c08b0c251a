import { useEffect, useState } from "react";
import { locate, type Position, type PositionState } from "./position";

export interface Location {
  state: PositionState;
  position: Position | null;
  ask: () => Promise<Position | null>;
}

/** The own position: asked for when the person taps, or straight away where already allowed. */
export function usePosition(): Location {
  const [state, setState] = useState<PositionState>({ kind: "unknown" });

  async function ask(): Promise<Position | null> {
    setState((before) => (before.kind === "known" ? before : { kind: "asking" }));
    const found = await locate();
    setState(found);
    return positionOf(found);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    navigator.permissions
      ?.query({ name: "geolocation" })
      .then((permission) => {
        if (permission.state === "granted") void ask();
      })
      .catch(() => undefined);
  }, []);

  return { state, position: positionOf(state), ask };
}

function positionOf(state: PositionState): Position | null {
  return state.kind === "known" ? state.position : null;
}
