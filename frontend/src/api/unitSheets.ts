import { send } from "./http";
import type { EditResult, SheetPlan } from "./types";

/** How a sheet of unit assignments is read; what is empty the server finds out. */
export interface SheetChoices {
  sheet: string;
  unit_column: string;
  territory_column: string;
  rest: "keep" | "nobody";
  create_territories: boolean;
  pad_codes: boolean;
}

/** What the sheet would do; changes nothing. */
export const planUnitSheet = (id: number, file: File, choices: SheetChoices, signal: AbortSignal) =>
  send<SheetPlan>("POST", `alignments/${id}/unit-assignments/plan`, {
    body: formOf(file, choices),
    signal,
  });

export function assignUnitSheet(
  id: number,
  revision: number,
  file: File,
  choices: SheetChoices,
  skipProblems: boolean,
): Promise<EditResult> {
  const body = formOf(file, choices);
  body.set("skip_problems", String(skipProblems));
  return send<EditResult>("POST", `alignments/${id}/unit-assignments`, { body, revision });
}

function formOf(file: File, choices: SheetChoices): FormData {
  const form = new FormData();
  form.set("file", file);
  for (const [name, value] of Object.entries(choices)) form.set(name, String(value));
  return form;
}
