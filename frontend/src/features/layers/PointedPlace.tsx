import { type RefObject, useEffect, useState } from "react";
import { formatPlace } from "@/domain/format";
import type { MapController } from "@/map/MapController";
import classes from "./PointedPlace.module.css";

/** North, and where the pointer is: beside the scale. The map always has north at the top. */
export function PointedPlace({
  controllerRef,
}: {
  controllerRef: RefObject<MapController | null>;
}) {
  const [place, setPlace] = useState<{ lon: number; lat: number } | null>(null);
  useEffect(() => controllerRef.current?.onPointed(setPlace), [controllerRef]);
  return (
    <div className={classes.line}>
      <svg width="12" height="22" viewBox="0 0 12 22" role="img" aria-label="North is up">
        <text x="6" y="8" textAnchor="middle" className={classes.letter}>
          N
        </text>
        <path d="M6 9.5 10.5 22 6 19 1.5 22Z" />
      </svg>
      {place && <span>{formatPlace(place.lon, place.lat)}</span>}
    </div>
  );
}
