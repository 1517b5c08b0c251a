import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Callout.module.css";

interface CalloutProps {
  tone: "info" | "warn" | "bad";
  title?: string;
  /** Read aloud when it appears. */
  isLive?: boolean;
  children: ReactNode;
}

/** Something to know before going on, beside the work and not in its way. */
export function Callout({ tone, title, isLive, children }: CalloutProps) {
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.callout} data-tone={tone} role={isLive ? "status" : undefined}>
      <Icon size={20} aria-hidden />
      <div className={classes.words}>
        {title && <strong className={classes.title}>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
