/**
 * Colour ramps that stay apart for the common kinds of colour blindness: ColorBrewer's sequential schemes
 * (Brewer & Harrower 2002), viridis and cividis (Nuñez, Anderton & Renslow 2018), seven steps each, least first.
 */
export const RAMPS = {
  lagoon: ["#eef3d5", "#c9e3c0", "#93cdb4", "#5bafaa", "#358a9b", "#1f6387", "#173d66"],
  blues: ["#eff3ff", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#084594"],
  oranges: ["#fef0d9", "#fdd49e", "#fdbb84", "#fc8d59", "#ef6548", "#d7301f", "#990000"],
  viridis: ["#fde725", "#90d743", "#35b779", "#21918c", "#31688e", "#443983", "#440154"],
  cividis: ["#ffea46", "#d3c164", "#a69d75", "#7c7b78", "#575c6d", "#233e6c", "#00204d"],
} as const;

export type RampName = keyof typeof RAMPS;

/** Colours for so many classes, spread over the whole ramp. On a dark ground much is light, as little is on paper. */
export function rampColours(name: RampName, n_classes: number, isOnDark: boolean): string[] {
  const steps: readonly string[] = RAMPS[name];
  const last = steps.length - 1;
  const colours = Array.from({ length: n_classes }, (_, i) =>
    between(steps, n_classes === 1 ? last / 2 : (i * last) / (n_classes - 1)),
  );
  return isOnDark ? colours.reverse() : colours;
}

function between(steps: readonly string[], place: number): string {
  const low = Math.floor(place);
  const from = channels(steps[low] ?? "#000000");
  const to = channels(steps[Math.min(low + 1, steps.length - 1)] ?? "#000000");
  const parts = from.map((value, i) =>
    Math.round(value + ((to[i] ?? 0) - value) * (place - low))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${parts.join("")}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
