import { decodeTile } from "./decode";
import { type LoadMessage, transferables, type WorkerAnswer } from "./decoded";

const answer = (message: WorkerAnswer, transfer: Transferable[] = []) =>
  self.postMessage(message, { transfer });

self.onmessage = async ({ data }: MessageEvent<LoadMessage>) => {
  const { key, url, kind } = data;
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok) {
      answer({ key, tile: null, status: response.status });
      return;
    }
    const buffer = response.status === 204 ? new ArrayBuffer(0) : await response.arrayBuffer();
    const tile = decodeTile(buffer, kind);
    answer({ key, tile }, transferables(tile));
  } catch {
    answer({ key, tile: null, status: 0 });
  }
};
