import type { DecodedTile, TileKind, WorkerAnswer } from "./decoded";

const KEPT_TILES = 160;

interface Waiting {
  resolve: (tile: DecodedTile | null) => void;
}

/**
 * Asks the worker for tiles and keeps the latest ones decoded. A failed tile is null and not
 * kept, so that the next look tries again.
 */
export class TileSource {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly kept = new Map<string, Promise<DecodedTile | null>>();
  private nextKey = 1;

  constructor(private readonly onFailure: (status: number) => void) {
    this.worker = new Worker(new URL("./tile.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => this.take(data);
  }

  /** `version` tells apart states of the same address, such as two revisions of an alignment. */
  load(url: string, kind: TileKind, version: string): Promise<DecodedTile | null> {
    const name = `${version} ${url}`;
    const known = this.kept.get(name);
    if (known) {
      this.kept.delete(name);
      this.kept.set(name, known);
      return known;
    }
    const key = this.nextKey++;
    const tile = new Promise<DecodedTile | null>((resolve) => this.waiting.set(key, { resolve }));
    this.kept.set(name, tile);
    this.worker.postMessage({ key, url: absolute(url), kind });
    void tile.then((decoded) => {
      if (!decoded) this.kept.delete(name);
    });
    this.forgetOldest();
    return tile;
  }

  close(): void {
    this.worker.terminate();
    for (const { resolve } of this.waiting.values()) resolve(null);
    this.waiting.clear();
    this.kept.clear();
  }

  private take(answer: WorkerAnswer): void {
    const waiting = this.waiting.get(answer.key);
    this.waiting.delete(answer.key);
    waiting?.resolve(answer.tile);
    if (answer.tile === null) this.onFailure(answer.status);
  }

  private forgetOldest(): void {
    while (this.kept.size > KEPT_TILES) {
      const oldest = this.kept.keys().next().value;
      if (oldest === undefined) return;
      this.kept.delete(oldest);
    }
  }
}

function absolute(url: string): string {
  return new URL(url, location.origin).href;
}
