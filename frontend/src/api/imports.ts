import { apiUrl, get, send } from "./http";
import type {
  Import,
  ImportAbsent,
  ImportField,
  ImportKind,
  ImportMode,
  ImportPreview,
  ImportUndo,
  Page,
} from "./types";
import { upload } from "./upload";

export type Mapping = Import["mapping"];

export interface RunChoices {
  mapping: Mapping;
  skip_bad_rows: boolean;
  mode: ImportMode;
  /** For `replace`: how many accounts disappear, as it was shown. */
  confirmed_gone?: number | null;
}

interface UploadFile {
  file: File;
  kind: ImportKind;
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

export function uploadImport({ file, kind, onProgress, signal }: UploadFile): Promise<Import> {
  const form = new FormData();
  form.set("kind", kind);
  form.set("file", file);
  return upload<Import>("imports", form, { onProgress, signal });
}

export const fetchImport = (id: number) => get<Import>(`imports/${id}`);

export const fetchImports = (next: string | null) =>
  next ? get<Page<Import>>(next) : get<Page<Import>>("imports", { page_size: 20 });

export const fetchImportFields = (kind: ImportKind) =>
  get<ImportField[]>("import-fields", { kind });

export function previewImport(
  id: number,
  choice: { mapping: Mapping; sheet?: string },
  signal?: AbortSignal,
): Promise<ImportPreview> {
  return send<ImportPreview>("POST", `imports/${id}/preview`, { body: choice, signal });
}

export function runImport(id: number, choice: RunChoices, idempotencyKey: string): Promise<Import> {
  return send<Import>("POST", `imports/${id}/run`, { body: choice, idempotencyKey });
}

/** Which accounts the file does not hold: what `replace` would take out. */
export function fetchAbsent(id: number, mapping: Mapping, signal?: AbortSignal) {
  return send<ImportAbsent>("POST", `imports/${id}/absent`, { body: { mapping }, signal });
}

/** What taking the import back would do now. */
export const fetchUndo = (id: number) => get<ImportUndo>(`imports/${id}/undo`);

export const startUndo = (id: number, idempotencyKey: string) =>
  send<Import>("POST", `imports/${id}/undo`, { idempotencyKey });

export const problemsUrl = (id: number) => apiUrl(`imports/${id}/problems.csv`);
