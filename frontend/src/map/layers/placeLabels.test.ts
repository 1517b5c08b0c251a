import { describe, expect, it } from "vitest";
import { type LabelBox, placeLabels } from "./placeLabels";

const box = (label: string, x: number, y: number, isFirst = false): LabelBox<string> => ({
  label,
  x,
  y,
  width: 80,
  height: 30,
  isFirst,
});

describe("label placement", () => {
  it("lets no two labels overlap", () => {
    const placed = placeLabels(
      Array.from({ length: 6 }, (_, i) => box(`T${i}`, 200 + i * 9, 200)),
      600,
      400,
    );
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        const isApart = Math.abs(a.x - b.x) >= 80 || Math.abs(a.y - b.y) >= 30;
        expect(isApart, `${a.label} and ${b.label}`).toBe(true);
      }
    }
    expect(placed.length).toBeGreaterThan(3);
  });

  it("puts no label under what stands over the map", () => {
    const legend = [60, 80, 200, 140] as const;
    const [placed] = placeLabels([box("T", 100, 100)], 300, 300, [legend]);
    expect(placed && placed.y + 15 <= 80).toBe(true);
  });

  it("gives the selected territory its own place", () => {
    const placed = placeLabels([box("other", 100, 100), box("chosen", 105, 100, true)], 300, 300);
    expect(placed[0]).toEqual({ label: "chosen", x: 105, y: 100, isShort: false });
  });

  it("keeps the name alone where the figures have no room", () => {
    const walls = [
      [0, 0, 300, 85],
      [0, 115, 300, 300],
    ] as const;
    const [placed] = placeLabels(
      [{ ...box("T", 100, 100), height: 60, short: { width: 80, height: 20 } }],
      300,
      300,
      walls,
    );
    expect(placed).toMatchObject({ label: "T", isShort: true });
  });

  it("leaves out what is not in view", () => {
    expect(placeLabels([box("far", -500, 20)], 300, 300)).toEqual([]);
  });
});
