import { useQuery } from "@tanstack/react-query";
import { get, send } from "./http";
import type {
  Alignment,
  Barriers,
  Boundaries,
  Boundary,
  Change,
  EditOperation,
  EditResult,
  NewAlignment,
  Page,
  Selection,
  Territory,
  UnitAssignment,
  UnitLayer,
  UnitTable,
} from "./types";

export const alignmentKeys = {
  list: ["alignments"] as const,
  one: (id: number) => ["alignment", id] as const,
  part: (id: number, part: string) => ["alignment", id, part] as const,
};

export function useAlignments() {
  return useQuery({
    queryKey: alignmentKeys.list,
    queryFn: () => get<Alignment[]>("alignments"),
  });
}

/** One alignment, also a proposal that no list shows; what the list already holds comes first. */
export function useAlignment(id: number | null, known: readonly Alignment[]) {
  return useQuery({
    queryKey: alignmentKeys.part(id ?? 0, "self"),
    queryFn: () => fetchAlignment(id as number),
    enabled: id !== null,
    initialData: known.find((alignment) => alignment.id === id),
  });
}

export function useTerritories(alignmentId: number | null) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "territories"),
    queryFn: () => get<Territory[]>("territories", { alignment: alignmentId }),
    enabled: alignmentId !== null,
  });
}

export function useBoundaries(alignmentId: number | null, simplify_m = 0) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, `boundaries-${simplify_m}`),
    queryFn: () => get<Boundaries>(`alignments/${alignmentId}/boundaries`, { simplify_m }),
    enabled: alignmentId !== null,
  });
}

export function useUnitAssignment(alignmentId: number | null, enabled: boolean) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "units"),
    queryFn: () => get<UnitAssignment>(`alignments/${alignmentId}/units`),
    enabled: alignmentId !== null && enabled,
  });
}

export function useChanges(alignmentId: number, enabled: boolean) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId, "changes"),
    queryFn: () => get<Page<Change>>(`alignments/${alignmentId}/changes`),
    enabled,
  });
}

export function useUnitLayers() {
  return useQuery({
    queryKey: ["unit-layers"],
    queryFn: () => get<UnitLayer[]>("unit-layers"),
    refetchInterval: (query) =>
      query.state.data?.some((layer) => layer.state === "building") ? 2000 : false,
  });
}

export function useUnitTable(layerId: number | null) {
  return useQuery({
    queryKey: ["unit-table", layerId],
    queryFn: () => get<UnitTable>(`unit-layers/${layerId}/units`),
    enabled: layerId !== null,
    staleTime: 5 * 60_000,
  });
}

export function useBarriers() {
  return useQuery({
    queryKey: ["barriers"],
    queryFn: () => get<Barriers>("barriers"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const fetchAlignment = (id: number) => get<Alignment>(`alignments/${id}`);
export const createAlignment = (body: NewAlignment) =>
  send<Alignment>("POST", "alignments", { body });
export const deleteAlignment = (id: number, revision: number) =>
  send<void>("DELETE", `alignments/${id}`, { revision });
export const renameAlignment = (id: number, revision: number, name: string) =>
  send<Alignment>("PATCH", `alignments/${id}`, { revision, body: { name } });

export const editAlignment = (id: number, revision: number, body: EditOperation) =>
  send<EditResult>("POST", `alignments/${id}/edits`, { revision, body });
export const undoAlignment = (id: number, revision: number) =>
  send<EditResult>("POST", `alignments/${id}/undo`, { revision });
export const redoAlignment = (id: number, revision: number) =>
  send<EditResult>("POST", `alignments/${id}/redo`, { revision });

export const publishAlignment = (id: number, revision: number, effective_date: string | null) =>
  send<Alignment>("POST", `alignments/${id}/publish`, {
    revision,
    body: effective_date ? { effective_date } : {},
  });

export const selectArea = (id: number, area: Boundary, signal?: AbortSignal) =>
  send<Selection>("POST", `alignments/${id}/selection`, { body: { area }, signal });

export const tileUrlTemplate = (id: number, layer: "accounts" | "units" | "territories") =>
  `/api/v1/alignments/${id}/tiles/${layer}/{z}/{x}/{y}.mvt`;
