import { useEffect, useRef } from "react";
import classes from "./Legend.module.css";
import type { LegendEntry } from "./legendEntries";
import { drawSign, type LegendSign, SIGN_HEIGHT_PX, SIGN_WIDTH_PX } from "./legendSigns";

interface LegendProps {
  entries: readonly LegendEntry[];
  ink: string;
  /** Whether a panel lies where the legend usually is. */
  isBesidePanel: boolean;
}

export function Legend({ entries, ink, isBesidePanel }: LegendProps) {
  if (entries.length === 0) return null;
  return (
    <aside
      className={classes.legend}
      aria-label="Legend"
      data-over-map="standing"
      data-beside-panel={isBesidePanel || undefined}
    >
      {entries.map(({ title, rows }) => (
        <div key={title ?? rows[0]?.label}>
          {title && <p className={classes.title}>{title}</p>}
          <ul className={classes.rows}>
            {rows.map(({ sign, label }) => (
              <li key={label}>
                <Sign sign={sign} ink={ink} />
                {label}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </aside>
  );
}

function Sign({ sign, ink }: { sign: LegendSign; ink: string }) {
  const holder = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = holder.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const resolution = window.devicePixelRatio || 1;
    canvas.width = SIGN_WIDTH_PX * resolution;
    canvas.height = SIGN_HEIGHT_PX * resolution;
    context.scale(resolution, resolution);
    drawSign(context, sign, ink);
  }, [sign, ink]);
  return (
    <span aria-hidden="true">
      <canvas ref={holder} className={classes.sign} />
    </span>
  );
}
