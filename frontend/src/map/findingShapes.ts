import { overlapPattern, whiteSpacePattern } from "./layers/patterns";
import type { StyledShape } from "./layers/ShapeLayer";
import type { MapFinding } from "./look";
import { shapeOf } from "./shapes";

/** Only findings about ground are drawn always; the others when a person asks to see them. */
const ALWAYS_SHOWN = new Set(["overlap", "white_space"]);

export function findingShapes(
  findings: readonly MapFinding[],
  focusedId: string | null,
): StyledShape[] {
  return findings.flatMap(({ id, kind, geometry }) => {
    const isFocused = id === focusedId;
    if (!isFocused && !ALWAYS_SHOWN.has(kind)) return [];
    const shape = shapeOf(geometry);
    if (!shape) return [];
    return [
      {
        shape,
        pattern:
          kind === "overlap" ? overlapPattern : kind === "white_space" ? whiteSpacePattern : null,
        stroke: kind === "overlap" ? "#a8201a" : kind === "white_space" ? "#8a5a00" : "#14252e",
        width_px: isFocused ? 4 : 1.5,
        dash_px: isFocused ? [] : [5, 4],
      },
    ];
  });
}
