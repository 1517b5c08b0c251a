const STORE = "territories.checklist";
const CHANGED = "territories:checklist";

export type StepName = "imported" | "seen" | "fixed" | "published" | "dismissed";

/** Steps done in this browser; a private window that stores nothing simply starts over. */
export function doneSteps(): ReadonlySet<StepName> {
  try {
    return new Set(JSON.parse(localStorage.getItem(STORE) ?? "[]") as StepName[]);
  } catch {
    return new Set();
  }
}

export function markStep(step: StepName): void {
  const steps = new Set(doneSteps());
  if (steps.has(step)) return;
  steps.add(step);
  try {
    localStorage.setItem(STORE, JSON.stringify([...steps]));
  } catch {
    return;
  }
  dispatchEvent(new Event(CHANGED));
}

export function onStepsChanged(listener: () => void): () => void {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}

export function stepsKey(): string {
  return [...doneSteps()].sort().join(",");
}
