import { rampColours } from "@/domain/ramps";

export type LegendSign =
  | { kind: "class"; colour: string }
  | { kind: "spot"; colour: string }
  | {
      kind:
        | "dot"
        | "bubble"
        | "hexagons"
        | "heat"
        | "ring"
        | "overlap"
        | "white"
        | "barrier"
        | "soft"
        | "bridge"
        | "bands";
    };

export const SIGN_WIDTH_PX = 34;
export const SIGN_HEIGHT_PX = 12;

const HEAT = ["#feb24c", "#fd8d3c", "#f03b20", "#a50046"];
/** Seen on light and on dark ground. */
const BARRIER = "#8d45c9";
const HEXAGONS = rampColours("oranges", 4, false);

/** Draw a sign into a box of the size above whose upper left corner is the origin. */
export function drawSign(context: CanvasRenderingContext2D, sign: LegendSign, ink: string): void {
  const middleX = SIGN_WIDTH_PX / 2;
  const middleY = SIGN_HEIGHT_PX / 2;
  context.fillStyle = ink;
  context.strokeStyle = ink;
  switch (sign.kind) {
    case "class":
      context.fillStyle = sign.colour;
      context.fillRect(0, 0, SIGN_WIDTH_PX, SIGN_HEIGHT_PX);
      context.lineWidth = 1;
      context.globalAlpha = 0.35;
      context.strokeRect(0.5, 0.5, SIGN_WIDTH_PX - 1, SIGN_HEIGHT_PX - 1);
      context.globalAlpha = 1;
      return;
    case "spot":
      context.fillStyle = sign.colour;
      disc(context, middleX, middleY, 4.5);
      context.fill();
      context.lineWidth = 1;
      context.globalAlpha = 0.35;
      context.stroke();
      context.globalAlpha = 1;
      return;
    case "dot":
      disc(context, middleX, middleY, 3.5);
      context.fill();
      return;
    case "bubble":
      context.globalAlpha = 0.55;
      disc(context, 8, middleY, 2.5);
      context.fill();
      disc(context, 22, middleY, 5.5);
      context.fill();
      context.globalAlpha = 1;
      return;
    case "ring":
      disc(context, middleX, middleY, 4.5);
      context.lineWidth = 2.5;
      context.stroke();
      return;
    case "heat":
      steps(context, HEAT);
      return;
    case "hexagons":
      steps(context, HEXAGONS);
      return;
    case "overlap":
      hatch(context, "#c2352e", 5, 2);
      return;
    case "white":
      hatch(context, "#b07400", 8, 1.5);
      return;
    case "barrier":
      barrierLine(context, 2.5, [1, 5]);
      return;
    case "soft":
      barrierLine(context, 1.8, [8, 6]);
      return;
    case "bridge":
      context.strokeStyle = BARRIER;
      context.lineWidth = 2;
      disc(context, middleX, middleY, 4.5);
      context.stroke();
      return;
    case "bands":
      context.font = "11px system-ui, 'DejaVu Sans', sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText("▲▼●", middleX, middleY + 0.5);
  }
}

function barrierLine(context: CanvasRenderingContext2D, width_px: number, dash_px: number[]): void {
  context.strokeStyle = BARRIER;
  context.lineWidth = width_px;
  context.lineCap = "round";
  context.setLineDash(dash_px);
  context.beginPath();
  context.moveTo(2, SIGN_HEIGHT_PX / 2);
  context.lineTo(SIGN_WIDTH_PX - 2, SIGN_HEIGHT_PX / 2);
  context.stroke();
  context.setLineDash([]);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius_px: number): void {
  context.beginPath();
  context.arc(x, y, radius_px, 0, Math.PI * 2);
}

function steps(context: CanvasRenderingContext2D, colours: readonly string[]): void {
  const width = SIGN_WIDTH_PX / colours.length;
  colours.forEach((colour, i) => {
    context.fillStyle = colour;
    context.fillRect(i * width, 0, width, SIGN_HEIGHT_PX);
  });
}

function hatch(
  context: CanvasRenderingContext2D,
  colour: string,
  spacing_px: number,
  width_px: number,
): void {
  context.save();
  context.beginPath();
  context.rect(0, 0, SIGN_WIDTH_PX, SIGN_HEIGHT_PX);
  context.clip();
  context.beginPath();
  for (let x = -SIGN_HEIGHT_PX; x < SIGN_WIDTH_PX; x += spacing_px) {
    context.moveTo(x, SIGN_HEIGHT_PX);
    context.lineTo(x + SIGN_HEIGHT_PX, 0);
  }
  context.strokeStyle = colour;
  context.lineWidth = width_px;
  context.stroke();
  context.restore();
}
