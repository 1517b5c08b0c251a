/** What the map shows right now as one picture, layer by layer as they lie; controls stay out of it. */
export function mapPicture(container: HTMLElement, resolution: number): HTMLCanvasElement {
  const { width, height, left, top } = container.getBoundingClientRect();
  const picture = document.createElement("canvas");
  picture.width = Math.round(width * resolution);
  picture.height = Math.round(height * resolution);
  const context = picture.getContext("2d");
  if (!context) throw new Error("This browser cannot draw the picture.");
  context.scale(resolution, resolution);
  context.fillStyle = getComputedStyle(container).backgroundColor;
  context.fillRect(0, 0, width, height);
  for (const pane of panesInOrder(container)) {
    for (const part of pane.querySelectorAll<HTMLCanvasElement | HTMLImageElement>("canvas, img")) {
      const box = part.getBoundingClientRect();
      if (part.hidden || box.width === 0 || part.width === 0) continue;
      context.globalAlpha = opacityWithin(part, container);
      context.drawImage(part, box.left - left, box.top - top, box.width, box.height);
    }
  }
  context.globalAlpha = 1;
  return picture;
}

function panesInOrder(container: HTMLElement): HTMLElement[] {
  const height = (pane: HTMLElement) => Number(getComputedStyle(pane).zIndex) || 0;
  return [...container.querySelectorAll<HTMLElement>(".leaflet-map-pane > .leaflet-pane")].sort(
    (a, b) => height(a) - height(b),
  );
}

function opacityWithin(part: HTMLElement, container: HTMLElement): number {
  let opacity = 1;
  for (
    let element: HTMLElement | null = part;
    element && element !== container;
    element = element.parentElement
  ) {
    opacity *= Number(getComputedStyle(element).opacity);
  }
  return opacity;
}
