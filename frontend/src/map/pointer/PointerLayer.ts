import type * as L from "leaflet";
import type { MapTool, ToolPoint } from "../tools/tool";

/**
 * Turns pointer events into calls of the current tool. Space or the middle button pans in any
 * tool, a second finger cancels, and Leaflet's own dragging runs only where the tool wants it.
 */
export class PointerLayer {
  private readonly pointers = new Set<number>();
  private tool: MapTool | null = null;
  private isDown = false;
  private isSpaceHeld = false;
  private isBlocked = false;
  private panFrom: { x: number; y: number } | null = null;
  private readonly listeners = new AbortController();

  constructor(
    private readonly map: L.Map,
    private readonly container: HTMLElement,
  ) {
    const { signal } = this.listeners;
    const on = <Name extends keyof HTMLElementEventMap>(
      name: Name,
      handler: (event: HTMLElementEventMap[Name]) => void,
    ) => container.addEventListener(name, handler, { signal });
    on("pointerdown", (event) => this.onDown(event));
    on("pointermove", (event) => this.onMove(event));
    on("pointerup", (event) => this.onUp(event));
    on("pointercancel", (event) => this.onLost(event));
    on("pointerleave", () => this.tool?.leave());
    addEventListener("keydown", (event) => this.onKey(event, true), { signal });
    addEventListener("keyup", (event) => this.onKey(event, false), { signal });
    addEventListener("blur", () => this.cancel(), { signal });
  }

  setTool(tool: MapTool): void {
    this.tool?.exit();
    this.isDown = false;
    this.tool = tool;
    this.applyDragging();
    tool.enter();
  }

  cancel(): boolean {
    this.isDown = false;
    return this.tool?.cancel() ?? false;
  }

  groundChanged(): void {
    this.tool?.groundChanged();
  }

  close(): void {
    this.tool?.exit();
    this.listeners.abort();
  }

  private applyDragging(): void {
    const panning = this.isSpaceHeld || (this.tool?.dragMovesMap ?? true);
    if (panning) this.map.dragging.enable();
    else this.map.dragging.disable();
    if (this.tool?.name === "select") this.map.doubleClickZoom.enable();
    else this.map.doubleClickZoom.disable();
    this.container.style.cursor = this.isSpaceHeld ? "grab" : (this.tool?.cursor ?? "");
  }

  private onDown(event: PointerEvent): void {
    if (!isOnMap(event)) return;
    this.pointers.add(event.pointerId);
    if (this.pointers.size > 1) {
      this.isBlocked = true;
      this.cancel();
      return;
    }
    if (event.button === 1) {
      event.preventDefault();
      this.panFrom = { x: event.clientX, y: event.clientY };
      this.container.setPointerCapture(event.pointerId);
      return;
    }
    if (event.button !== 0 || this.isSpaceHeld || this.isBlocked || !this.tool) return;
    this.isDown = true;
    if (!this.tool.dragMovesMap) this.container.setPointerCapture(event.pointerId);
    this.tool.down(this.pointOf(event));
  }

  private onMove(event: PointerEvent): void {
    if (this.panFrom) {
      const { x, y } = this.panFrom;
      this.map.panBy([x - event.clientX, y - event.clientY], { animate: false });
      this.panFrom = { x: event.clientX, y: event.clientY };
      return;
    }
    if (!this.tool || this.isBlocked || this.isSpaceHeld) return;
    if (!this.isDown && !isOnMap(event)) {
      this.tool.leave();
      return;
    }
    const events = this.isDown ? (event.getCoalescedEvents?.() ?? []) : [];
    for (const each of events.length > 0 ? events : [event]) {
      this.tool.move(this.pointOf(each), this.isDown);
    }
  }

  private onUp(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    const wasDown = this.isDown;
    this.panFrom = null;
    this.isDown = false;
    if (wasDown && !this.isBlocked) this.tool?.up(this.pointOf(event));
    if (this.pointers.size === 0) this.isBlocked = false;
  }

  private onLost(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    this.panFrom = null;
    // Leaflet takes over touch drags that pan; that is no reason to drop anything.
    if (this.isDown && !this.tool?.dragMovesMap) this.cancel();
    this.isDown = false;
    if (this.pointers.size === 0) this.isBlocked = false;
  }

  private onKey(event: KeyboardEvent, isPressed: boolean): void {
    if (event.key !== " " || isTyping(event.target)) return;
    if (isPressed) event.preventDefault();
    if (this.isSpaceHeld === isPressed) return;
    this.isSpaceHeld = isPressed;
    this.applyDragging();
  }

  private pointOf(event: PointerEvent): ToolPoint {
    const { x, y } = this.map.mouseEventToContainerPoint(event);
    const { lng, lat } = this.map.containerPointToLatLng([x, y]);
    return { x, y, lon: lng, lat, isAlt: event.altKey };
  }
}

/** Buttons, controls and Geoman's handles lie on the map but are not the map. */
function isOnMap(event: PointerEvent): boolean {
  const target = event.target as HTMLElement | null;
  return !target?.closest(".leaflet-control, .leaflet-marker-icon, [data-over-map]");
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return Boolean(
    element?.closest?.(
      "input, textarea, select, button, a, [contenteditable], [role='menu'], [role='listbox']",
    ),
  );
}
