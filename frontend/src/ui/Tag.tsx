import type { ReactNode } from "react";
import classes from "./Tag.module.css";

export type Tone = "good" | "info" | "warn" | "bad" | "quiet";

/** A word or two of state; the words carry the meaning, the colour only helps. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
