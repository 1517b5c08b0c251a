import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, client, ifMatch } from "./http";
import type {
  Alignment,
  Boundaries,
  Boundary,
  Change,
  Conversion,
  CoverRule,
  EditOperation,
  EditPlanAnswer,
  EditResult,
  NewAlignment,
  Page,
  Selection,
  Territory,
  TrendStep,
  UnitAssignment,
  UnitLayer,
  UnitTable,
} from "./types";

export const alignmentKeys = {
  list: ["alignments"] as const,
  one: (id: number) => ["alignment", id] as const,
  part: (id: number, part: string) => ["alignment", id, part] as const,
};

const ALIGNMENT = "/api/v1/alignments/{id}";

export const alignmentsQuery = queryOptions({
  queryKey: alignmentKeys.list,
  queryFn: () => answer<Alignment[]>(client.GET("/api/v1/alignments")),
});

export function useAlignments() {
  return useQuery(alignmentsQuery);
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
    queryFn: () =>
      answer<Territory[]>(
        client.GET("/api/v1/territories", {
          params: { query: { alignment: alignmentId as number } },
        }),
      ),
    enabled: alignmentId !== null,
  });
}

export function useBoundaries(alignmentId: number | null, simplify_m = 0) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, `boundaries-${simplify_m}`),
    queryFn: () =>
      answer<Boundaries>(
        client.GET(`${ALIGNMENT}/boundaries`, {
          params: { path: { id: alignmentId as number }, query: { simplify_m } },
        }),
      ),
    enabled: alignmentId !== null,
  });
}

export function useUnitAssignment(alignmentId: number | null, enabled: boolean) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "units"),
    queryFn: () =>
      answer<UnitAssignment>(
        client.GET(`${ALIGNMENT}/units`, { params: { path: { id: alignmentId as number } } }),
      ),
    enabled: alignmentId !== null && enabled,
  });
}

export function useChanges(alignmentId: number, enabled: boolean) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId, "changes"),
    queryFn: () =>
      answer<Page<Change>>(
        client.GET(`${ALIGNMENT}/changes`, { params: { path: { id: alignmentId } } }),
      ),
    enabled,
  });
}

/** What each of the latest edits moved, newest first. */
export function useTrend(alignmentId: number, enabled: boolean) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId, "trend"),
    queryFn: () =>
      answer<TrendStep[]>(
        client.GET(`${ALIGNMENT}/trend`, { params: { path: { id: alignmentId } } }),
      ),
    enabled,
  });
}

export const fetchChangesSince = (id: number, since_revision: number) =>
  answer<Page<Change>>(
    client.GET(`${ALIGNMENT}/changes`, { params: { path: { id }, query: { since_revision } } }),
  );

export function useUnitLayers() {
  return useQuery({
    queryKey: ["unit-layers"],
    queryFn: () => answer<UnitLayer[]>(client.GET("/api/v1/unit-layers")),
    refetchInterval: (query) =>
      query.state.data?.some((layer) => layer.state === "building") ? 2000 : false,
  });
}

export function useUnitTable(layerId: number | null) {
  return useQuery({
    queryKey: ["unit-table", layerId],
    queryFn: () =>
      answer<UnitTable>(
        client.GET("/api/v1/unit-layers/{id}/units", {
          params: { path: { id: layerId as number } },
        }),
      ),
    enabled: layerId !== null,
    staleTime: 5 * 60_000,
  });
}

export const fetchAlignment = (id: number) =>
  answer<Alignment>(client.GET(ALIGNMENT, { params: { path: { id } } }));
export const createAlignment = (body: NewAlignment) =>
  answer<Alignment>(client.POST("/api/v1/alignments", { body }));

const onRevision = (id: number, revision: number) => ({
  params: { path: { id }, header: ifMatch(revision) },
});

export const editAlignment = (id: number, revision: number, body: EditOperation) =>
  answer<EditResult>(client.POST(`${ALIGNMENT}/edits`, { ...onRevision(id, revision), body }));
export const planEdit = (id: number, body: EditOperation) =>
  answer<EditPlanAnswer>(client.POST(`${ALIGNMENT}/plan`, { params: { path: { id } }, body }));
export const undoAlignment = (id: number, revision: number, only_untouched = false) =>
  answer<EditResult>(
    client.POST(`${ALIGNMENT}/undo`, { ...onRevision(id, revision), body: { only_untouched } }),
  );
export const redoAlignment = (id: number, revision: number) =>
  answer<EditResult>(client.POST(`${ALIGNMENT}/redo`, onRevision(id, revision)));

/** What the alignment's drawn territories would have, made of a layer's units. */
export const previewConversion = (
  id: number,
  body: { unit_layer_id: number; rule: CoverRule },
  signal?: AbortSignal,
) =>
  answer<Conversion>(
    client.POST(`${ALIGNMENT}/conversion`, { params: { path: { id } }, body, signal }),
  );

/** The alignment as it was at a revision, as a scenario of its own; with an edit, that on top. */
export const openDraft = (
  id: number,
  body: { name: string; revision: number; edit?: EditOperation },
) => answer<Alignment>(client.POST(`${ALIGNMENT}/drafts`, { params: { path: { id } }, body }));

export const nameVersion = (id: number, body: { name: string; revision: number }) =>
  answer<Change>(client.POST(`${ALIGNMENT}/versions`, { params: { path: { id } }, body }));

export const updateAlignment = (
  id: number,
  revision: number,
  body: { name: string; notes: string },
) => answer<Alignment>(client.PATCH(ALIGNMENT, { ...onRevision(id, revision), body }));
export const archiveAlignment = (id: number, revision: number) =>
  answer<Alignment>(client.POST(`${ALIGNMENT}/archive`, onRevision(id, revision)));
export const restoreAlignment = (id: number, revision: number) =>
  answer<Alignment>(client.POST(`${ALIGNMENT}/restore`, onRevision(id, revision)));
export const deleteAlignment = (id: number, revision: number) =>
  answer<void>(client.DELETE(ALIGNMENT, onRevision(id, revision)));

export const publishAlignment = (id: number, revision: number, effective_date: string | null) =>
  answer<Alignment>(
    client.POST(`${ALIGNMENT}/publish`, {
      ...onRevision(id, revision),
      body: effective_date ? { effective_date } : {},
    }),
  );

export const selectArea = (id: number, area: Boundary, signal?: AbortSignal) =>
  answer<Selection>(
    client.POST(`${ALIGNMENT}/selection`, { params: { path: { id } }, body: { area }, signal }),
  );

export const tileUrlTemplate = (id: number, layer: "accounts" | "units" | "territories") =>
  `/api/v1/alignments/${id}/tiles/${layer}/{z}/{x}/{y}.mvt`;
