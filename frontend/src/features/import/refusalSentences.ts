import { ProblemError, problemSentences } from "@/api/problem";

/** Why an upload was refused, about the file by its name instead of the form's field. */
export function refusalSentences(filename: string, reason: unknown): string[] {
  if (!(reason instanceof ProblemError) || reason.errors.length === 0) {
    return problemSentences(reason);
  }
  return reason.errors.map(({ field, problem, bound }) => {
    const limit = bound === undefined || bound === null ? "" : ` (limit: ${bound})`;
    return `${field === "file" ? filename : field} ${problem}${limit}.`;
  });
}
