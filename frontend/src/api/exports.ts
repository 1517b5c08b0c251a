import { apiUrl, get } from "./http";
import type { ExportFormat } from "./types";

export const fetchExportFormats = () => get<ExportFormat[]>("exports");

export const exportUrl = (key: string, alignmentId: number) =>
  apiUrl(`exports/${key}`, { alignment: alignmentId });
