import type { Report } from "@/api/types";

export const KINDS: Record<Report["kind"], string> = {
  leadership: "For leadership",
  territories: "A page for each territory",
};

export const FORMATS: Record<Report["format"], string> = {
  pdf: "PDF, to print and send",
  html: "HTML, to open in a browser",
};

/** What the button that fetches it is called by those who hear the page. */
export function downloadLabel(report: Pick<Report, "kind" | "alignment_name">): string {
  return `Download “${KINDS[report.kind]}” of ${report.alignment_name}`;
}
