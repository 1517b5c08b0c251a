import { formatDate, formatDistance } from "@/domain/format";
import { scaleBar } from "@/domain/geodesy";
import type { MapController } from "@/map/MapController";
import { mapPicture } from "@/map/picture";
import type { LegendEntry } from "./legendEntries";
import { drawSign, SIGN_WIDTH_PX } from "./legendSigns";

export interface PictureFacts {
  title: string;
  subtitle: string;
  entries: readonly LegendEntry[];
}

interface Inks {
  paper: string;
  ink: string;
  soft: string;
  line: string;
}

const FAMILY = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const HEAD_PX = 58;
const FOOT_PX = 26;
const MARGIN_PX = 16;
const ROW_PX = 18;
const RESOLUTION = 2;

/** A picture that stands alone: title, date, map, legend, scale, north and whose data it is. */
export function composePicture(controller: MapController, facts: PictureFacts): HTMLCanvasElement {
  const map = mapPicture(controller.container, RESOLUTION);
  const width = map.width / RESOLUTION;
  const height = map.height / RESOLUTION;
  const picture = document.createElement("canvas");
  picture.width = map.width;
  picture.height = map.height + (HEAD_PX + FOOT_PX) * RESOLUTION;
  const context = picture.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the picture.");
  const inks = inksOf(controller.container);
  context.fillStyle = inks.paper;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(map, 0, HEAD_PX * RESOLUTION);
  context.scale(RESOLUTION, RESOLUTION);
  context.textBaseline = "middle";
  drawHead(context, width, facts, inks);
  context.save();
  context.translate(0, HEAD_PX);
  drawLegend(context, width, height, facts.entries, inks);
  drawScale(context, height, controller.metresPerPixel(), inks);
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

function drawLegend(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  entries: readonly LegendEntry[],
  { ink, paper, line }: Inks,
): void {
  const lines = entries.flatMap(({ title, rows }) => [
    ...(title ? [{ text: title, font: `650 12px ${FAMILY}`, sign: null }] : []),
    ...rows.map(({ sign, label }) => ({ text: label, font: `12px ${FAMILY}`, sign })),
  ]);
  if (lines.length === 0) return;
  const widths = lines.map(({ text, font, sign }) => {
    context.font = font;
    return context.measureText(text).width + (sign ? SIGN_WIDTH_PX + 7 : 0);
  });
  const boxWidth = Math.max(...widths) + 22;
  const boxHeight = lines.length * ROW_PX + 14;
  const left = width - boxWidth - 12;
  const top = height - boxHeight - 12;
  context.fillStyle = paper;
  context.globalAlpha = 0.92;
  context.beginPath();
  context.roundRect(left, top, boxWidth, boxHeight, 8);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
  lines.forEach(({ text, font, sign }, i) => {
    const middle = top + 7 + (i + 0.5) * ROW_PX;
    if (sign) {
      context.save();
      context.translate(left + 11, middle - 6);
      drawSign(context, sign, ink);
      context.restore();
    }
    write(context, text, [left + 11 + (sign ? SIGN_WIDTH_PX + 7 : 0), middle], font, ink);
  });
}

function drawScale(
  context: CanvasRenderingContext2D,
  height: number,
  metresPerPixel: number,
  { ink, paper }: Inks,
): void {
  const { length_m, width_px } = scaleBar(metresPerPixel, 130);
  const left = MARGIN_PX + 26;
  const base = height - 18;
  context.fillStyle = paper;
  context.globalAlpha = 0.85;
  context.beginPath();
  context.roundRect(10, base - 34, width_px + 50, 44, 8);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, base - 7);
  context.lineTo(left, base);
  context.lineTo(left + width_px, base);
  context.lineTo(left + width_px, base - 7);
  context.stroke();
  write(context, formatDistance(length_m / 1000), [left + 5, base - 12], `12px ${FAMILY}`, ink);
  context.textAlign = "center";
  write(context, "N", [26, base - 25], `700 12px ${FAMILY}`, ink);
  context.textAlign = "left";
  context.beginPath();
  context.moveTo(26, base - 18);
  context.lineTo(31.5, base + 1);
  context.lineTo(26, base - 3.5);
  context.lineTo(20.5, base + 1);
  context.fill();
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
