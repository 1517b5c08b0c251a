import type { Geometry } from "geojson";
import { useId, useMemo } from "react";
import classes from "./OutlineMap.module.css";
import { areaPath, boxOf, fitInto } from "./outline";

export interface OutlineArea {
  key: string | number;
  geometry: Geometry;
  /** Told when pointed at. */
  title: string;
  fill: string;
}

interface OutlineMapProps {
  /** What the drawing shows, for people who hear the page. */
  label: string;
  areas: readonly OutlineArea[];
  /** Drawn over the areas, hatched. */
  marked: readonly Geometry[];
}

const WIDTH = 360;
const HEIGHT = 260;

/** A small drawing of areas that stays sharp on paper: no tiles, nothing to move. */
export function OutlineMap({ label, areas, marked }: OutlineMapProps) {
  const hatch = useId();
  const drawn = useMemo(() => {
    const box = boxOf([...areas.map(({ geometry }) => geometry), ...marked]);
    if (!box) return null;
    const project = fitInto(box, WIDTH, HEIGHT);
    return {
      areas: areas.map((area) => ({ ...area, path: areaPath(area.geometry, project) })),
      marked: marked.map((geometry) => areaPath(geometry, project)).join(""),
    };
  }, [areas, marked]);
  if (!drawn) return null;
  return (
    <svg className={classes.map} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path className={classes.hatch} d="M0 0V6" />
        </pattern>
      </defs>
      {drawn.areas.map(({ key, path, fill, title }) => (
        <path key={key} className={classes.area} d={path} fill={fill}>
          <title>{title}</title>
        </path>
      ))}
      {drawn.marked && <path className={classes.marked} d={drawn.marked} fill={`url(#${hatch})`} />}
    </svg>
  );
}
