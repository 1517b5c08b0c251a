import { apiUrl, get } from "./http";
import type { ExportFormat } from "./types";

/** Query parameters of an export besides its alignment; what is empty is left out. */
export type ExportQuery = Partial<Record<ExportFormat["options"][number], string>>;

export const fetchExportFormats = () => get<ExportFormat[]>("exports");

export const exportUrl = (key: string, alignmentId: number, query: ExportQuery = {}) =>
  apiUrl(`exports/${key}`, { alignment: alignmentId, ...query });
