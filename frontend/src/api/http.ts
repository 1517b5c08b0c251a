import createClient from "openapi-fetch";
import { ProblemError, problemFrom, unreachable } from "./problem";
import type { paths } from "./schema";

const API = "/api/v1";
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Revision of the alignment this write was made against. */
  revision?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export function apiUrl(path: string, query?: Query): string {
  if (/^https?:/.test(path)) {
    const next = new URL(path);
    return next.pathname + next.search;
  }
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") parameters.set(key, String(value));
  }
  const search = parameters.toString();
  const base = path.startsWith("/") ? path : `${API}/${path}`;
  return search ? `${base}?${search}` : base;
}

/** Every call goes through here: session cookie, CSRF, revision header, problem details. */
export async function apiFetch(request: Request): Promise<Response> {
  if (!SAFE_METHODS.has(request.method)) {
    request.headers.set("X-CSRFToken", cookie("csrftoken") ?? "");
  }
  const response = await fetch(request).catch((reason: unknown) => {
    if (request.signal.aborted) throw reason;
    throw unreachable();
  });
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/** Calls checked against the generated schema: path, parameters and body. */
export const client = createClient<paths>({ fetch: apiFetch, credentials: "same-origin" });

/** The answer's body under the name the screens know it by; refusals have been thrown before. */
export async function answer<Shown>(call: Promise<{ data?: unknown }>): Promise<Shown> {
  return (await call).data as Shown;
}

export const ifMatch = (revision: number) => ({ "If-Match": `"${revision}"` });

export async function send<T>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers.set("Content-Type", "application/json");
  if (options.revision !== undefined) headers.set("If-Match", `"${options.revision}"`);
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  const request = new Request(new URL(apiUrl(path, options.query), location.origin), {
    method,
    headers,
    credentials: "same-origin",
    signal: options.signal,
    body: isForm
      ? (options.body as FormData)
      : options.body === undefined
        ? undefined
        : JSON.stringify(options.body),
  });
  const response = await apiFetch(request);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return send<T>("GET", path, { query, signal });
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 401;
}

export function cookie(name: string): string | null {
  const entry = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return entry ? decodeURIComponent(entry.slice(name.length + 1)) : null;
}
