import type * as L from "leaflet";
import { type LabelBox, placeLabels, type Rectangle } from "./placeLabels";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

export type LabelTone = "over" | "under" | "in_band" | "unknown";

/** A line below the name, such as "▲ +31 % revenue". */
export interface LabelNote {
  text: string;
  tone: LabelTone;
}

export interface MapLabel {
  id: number;
  lon: number;
  lat: number;
  title: string;
  notes: readonly LabelNote[];
  isSelected: boolean;
}

export interface LabelColours extends Record<LabelTone, string> {
  title: string;
  halo: string;
}

const TITLE_PX = 13;
const NOTE_PX = 12;
const LINE_PX = 16;
const FAMILY = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/** Names and figures of territories; a label without room moves, then keeps its name alone, then stays away. */
export class LabelLayer extends ViewportCanvas {
  protected override readonly drawsAtRestOnly = true;
  private labels: readonly MapLabel[] = [];
  private colours: LabelColours | null = null;
  private coverInstead: readonly Rectangle[] | null = null;
  private readonly widths = new Map<string, number>();

  setLabels(labels: readonly MapLabel[], colours: LabelColours): void {
    this.labels = labels;
    this.colours = colours;
    this.redraw();
  }

  /** Place labels at once around other things than stand over the map on the screen; null goes back to those. */
  placeAround(covered: readonly Rectangle[] | null): void {
    this.coverInstead = covered;
    this.redrawNow();
  }

  protected override get isEmpty(): boolean {
    return this.labels.length === 0;
  }

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const size = part.getSize();
    const colours = this.colours;
    if (!colours) return;
    const boxes = this.labels.map((label) => this.boxOf(context, label));
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { label, x, y, isShort } of placeLabels(boxes, size.x, size.y, this.covered())) {
      const notes = isShort ? [] : label.notes;
      const first = y - (notes.length * LINE_PX) / 2;
      this.write(context, label.title, x, first, titleFont(label), colours.title);
      notes.forEach(({ text, tone }, i) => {
        this.write(context, text, x, first + (i + 1) * LINE_PX, NOTE_FONT, colours[tone]);
      });
    }
  }

  /** What stands over the map for good, such as the legend: a label under it could not be read. */
  private covered(): readonly Rectangle[] {
    if (this.coverInstead) return this.coverInstead;
    const container = this._map.getContainer();
    const { left: x, top: y } = container.getBoundingClientRect();
    const standing = container.parentElement?.querySelectorAll('[data-over-map="standing"]') ?? [];
    return [...standing].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return [left - x, top - y, right - x, bottom - y];
    });
  }

  private boxOf(context: DrawingContext, label: MapLabel): LabelBox<MapLabel> {
    const { x, y } = this._map.latLngToContainerPoint([label.lat, label.lon]);
    const width = this.widthOf(context, label.title, titleFont(label));
    const notes = label.notes.map(({ text }) => this.widthOf(context, text, NOTE_FONT));
    return {
      label,
      x,
      y,
      width: Math.max(width, ...notes) + 8,
      height: LINE_PX * (1 + notes.length) + 4,
      short: notes.length > 0 ? { width: width + 8, height: LINE_PX + 4 } : null,
      isFirst: label.isSelected,
    };
  }

  private widthOf(context: DrawingContext, text: string, font: string): number {
    const key = font + text;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    context.font = font;
    const { width } = context.measureText(text);
    this.widths.set(key, width);
    return width;
  }

  private write(
    context: DrawingContext,
    text: string,
    x: number,
    y: number,
    font: string,
    colour: string,
  ): void {
    context.font = font;
    context.strokeStyle = this.colours?.halo ?? "#fff";
    context.lineWidth = 3.5;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

const NOTE_FONT = `600 ${NOTE_PX}px ${FAMILY}`;
const titleFont = (label: MapLabel): string =>
  `${label.isSelected ? 800 : 700} ${TITLE_PX}px ${FAMILY}`;
