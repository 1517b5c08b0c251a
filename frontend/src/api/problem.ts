import type { Touched } from "@/domain/overlap";
import type { Change } from "./types";

interface FieldProblem {
  field: string;
  value?: unknown;
  problem: string;
  bound?: string | number | null;
}

interface ProblemDetails {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldProblem[];
  revision?: number;
  changes?: Change[];
  touched?: Touched;
  undoable?: Undoable;
}

/** How much of an edit can still be undone, others having come after it. */
interface Undoable {
  n_parts: number;
  n_all: number;
}

/** A refusal in the server's own words (RFC 9457), or the network's silence as status 0. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: FieldProblem[];
  readonly revision: number | null;
  readonly changes: Change[];
  /** What others changed since; null where the refusal does not say. */
  readonly touched: Touched | null;
  readonly undoable: Undoable | null;

  constructor(details: ProblemDetails) {
    super(details.detail || details.title);
    this.name = "ProblemError";
    this.status = details.status;
    this.code = details.code;
    this.title = details.title;
    this.errors = details.errors;
    this.revision = details.revision ?? null;
    this.changes = details.changes ?? [];
    this.touched = details.touched ?? null;
    this.undoable = details.undoable ?? null;
  }

  get isStale(): boolean {
    return this.status === 412;
  }
}

export function unreachable(): ProblemError {
  return new ProblemError({
    title: "No connection",
    status: 0,
    detail: "The server did not answer. Check the connection, then try again.",
    code: "unreachable",
    errors: [],
  });
}

export async function problemFrom(response: Response): Promise<ProblemError> {
  const body = await response
    .clone()
    .json()
    .catch(() => null);
  const details = isRecord(body) ? body : {};
  return new ProblemError({
    title: text(details.title) ?? response.statusText ?? "Request refused",
    status: response.status,
    detail: text(details.detail) ?? `The server answered with status ${response.status}.`,
    code: text(details.code) ?? `http_${response.status}`,
    errors: Array.isArray(details.errors) ? (details.errors as FieldProblem[]) : [],
    revision: typeof details.revision === "number" ? details.revision : undefined,
    changes: Array.isArray(details.changes) ? (details.changes as Change[]) : undefined,
    undoable: isRecord(details.undoable) ? (details.undoable as unknown as Undoable) : undefined,
    touched: isRecord(details.touched) ? (details.touched as unknown as Touched) : undefined,
  });
}

/** What to show a person: the sentence, then each field with its bound. */
export function problemSentences(error: unknown): string[] {
  if (!(error instanceof ProblemError)) {
    return [error instanceof Error ? error.message : "Something went wrong on this page."];
  }
  const { message, errors } = error;
  const isRepeated = errors.some(({ field, problem }) => message === `${field}: ${problem}`);
  return [...(isRepeated ? [] : [message]), ...errors.map(fieldSentence)];
}

function fieldSentence({ field, problem, value, bound }: FieldProblem): string {
  const given = value === undefined || value === null ? "" : ` (given: ${String(value)})`;
  const limit = bound === undefined || bound === null ? "" : ` Limit: ${bound}.`;
  return `${field}: ${problem}${given}.${limit}`.replace("..", ".");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
