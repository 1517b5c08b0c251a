import { formatDate, formatDistance } from "@/domain/format";
import { scaleBar } from "@/domain/geodesy";
import type { MapController } from "@/map/MapController";
import type { LegendEntry } from "./legendEntries";
import { drawSign, type LegendSign, SIGN_WIDTH_PX } from "./legendSigns";

export interface PictureFacts {
  title: string;
  subtitle: string;
  entries: readonly LegendEntry[];
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

interface Inks {
  paper: string;
  ink: string;
  soft: string;
  line: string;
}

const FAMILY = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const SMALL_FONT = `12px ${FAMILY}`;
const HEAD_PX = 58;
const FOOT_PX = 26;
const MARGIN_PX = 16;
const ROW_PX = 18;
const RESOLUTION = 2;

/** A picture that stands alone: title, date, map, legend, scale, north and whose data it is. */
export function composePicture(controller: MapController, facts: PictureFacts): HTMLCanvasElement {
  const { width, height } = controller.container.getBoundingClientRect();
  const picture = document.createElement("canvas");
  picture.width = Math.round(width * RESOLUTION);
  picture.height = Math.round((height + HEAD_PX + FOOT_PX) * RESOLUTION);
  const context = picture.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the picture.");
  context.scale(RESOLUTION, RESOLUTION);
  context.textBaseline = "middle";
  const inks = inksOf(controller.container);
  const legend = legendBox(context, width, height, facts.entries);
  const scale = scaleBar(controller.metresPerPixel(), 130);
  const scaleBox: Box = [10, height - 52, 60 + scale.width_px, height - 8];
  const map = controller.picture(RESOLUTION, [legend.box, scaleBox]);
  context.fillStyle = inks.paper;
  context.fillRect(0, 0, width, height + HEAD_PX + FOOT_PX);
  context.drawImage(map, 0, HEAD_PX, width, height);
  drawHead(context, width, facts, inks);
  context.save();
  context.translate(0, HEAD_PX);
  drawLegend(context, legend, inks);
  drawScale(context, scale, scaleBox, inks);
  context.restore();
  const attribution = controller.container.querySelector(".leaflet-control-attribution");
  write(
    context,
    attribution?.textContent ?? "",
    [MARGIN_PX, HEAD_PX + height + FOOT_PX / 2],
    `11px ${FAMILY}`,
    inks.soft,
  );
  return picture;
}

export async function pictureBlob(picture: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This browser could not make the picture.");
  return blob;
}

function inksOf(container: HTMLElement): Inks {
  const style = getComputedStyle(container);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    paper: colour("--panel"),
    ink: colour("--ink"),
    soft: colour("--ink-soft"),
    line: colour("--line"),
  };
}

function drawHead(
  context: CanvasRenderingContext2D,
  width: number,
  { title, subtitle }: PictureFacts,
  { ink, soft }: Inks,
): void {
  write(context, title, [MARGIN_PX, 22], `700 18px ${FAMILY}`, ink);
  write(context, subtitle, [MARGIN_PX, 43], `13px ${FAMILY}`, soft);
  context.textAlign = "right";
  const today = formatDate(new Date().toISOString());
  write(context, today, [width - MARGIN_PX, 22], `13px ${FAMILY}`, soft);
  context.textAlign = "left";
}

interface PlacedLegend {
  lines: { text: string; font: string; sign: LegendSign | null }[];
  box: Box;
}

function legendBox(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  entries: readonly LegendEntry[],
): PlacedLegend {
  const lines = entries.flatMap(({ title, rows }) => [
    ...(title ? [{ text: title, font: `650 12px ${FAMILY}`, sign: null }] : []),
    ...rows.map(({ sign, label }) => ({ text: label, font: `12px ${FAMILY}`, sign })),
  ]);
  const widths = lines.map(({ text, font, sign }) => {
    context.font = font;
    return context.measureText(text).width + (sign ? SIGN_WIDTH_PX + 7 : 0);
  });
  const right = width - 12;
  const bottom = height - 12;
  const left = right - Math.max(0, ...widths) - 22;
  return { lines, box: [left, bottom - lines.length * ROW_PX - 14, right, bottom] };
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { lines, box }: PlacedLegend,
  inks: Inks,
): void {
  if (lines.length === 0) return;
  drawBox(context, box, inks);
  const [left, top] = box;
  lines.forEach(({ text, font, sign }, i) => {
    const middle = top + 7 + (i + 0.5) * ROW_PX;
    if (sign) {
      context.save();
      context.translate(left + 11, middle - 6);
      drawSign(context, sign, inks.ink);
      context.restore();
    }
    write(context, text, [left + 11 + (sign ? SIGN_WIDTH_PX + 7 : 0), middle], font, inks.ink);
  });
}

function drawScale(
  context: CanvasRenderingContext2D,
  { length_m, width_px }: { length_m: number; width_px: number },
  box: Box,
  inks: Inks,
): void {
  drawBox(context, box, inks);
  const left = box[0] + 32;
  const base = box[3] - 10;
  context.strokeStyle = inks.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, base - 7);
  context.lineTo(left, base);
  context.lineTo(left + width_px, base);
  context.lineTo(left + width_px, base - 7);
  context.stroke();
  write(context, formatDistance(length_m / 1000), [left + 5, base - 12], SMALL_FONT, inks.ink);
  const north = box[0] + 16;
  context.textAlign = "center";
  write(context, "N", [north, base - 25], `700 12px ${FAMILY}`, inks.ink);
  context.textAlign = "left";
  context.beginPath();
  context.moveTo(north, base - 18);
  context.lineTo(north + 5.5, base + 1);
  context.lineTo(north, base - 3.5);
  context.lineTo(north - 5.5, base + 1);
  context.fill();
}

function drawBox(
  context: CanvasRenderingContext2D,
  [left, top, right, bottom]: Box,
  { paper, line }: Inks,
): void {
  context.beginPath();
  context.roundRect(left, top, right - left, bottom - top, 8);
  context.globalAlpha = 0.92;
  context.fillStyle = paper;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  [x, y]: readonly [number, number],
  font: string,
  colour: string,
): void {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
