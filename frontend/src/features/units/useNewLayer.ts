import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { UnitLayer } from "@/api/types";
import { createUnitLayer, type NewUnitLayer, UNIT_LAYERS_KEY } from "@/api/unitLayers";

/** Asks for a layer. A retry after a lost answer carries the same key, so it makes no second one. */
export function useNewLayer(onCreated: (layer: UnitLayer) => void) {
  const queries = useQueryClient();
  const attempt = useRef<{ key: string; body: string } | null>(null);

  return useMutation({
    mutationFn: (body: NewUnitLayer) => {
      const asked = JSON.stringify(body);
      if (attempt.current?.body !== asked) {
        attempt.current = { key: crypto.randomUUID(), body: asked };
      }
      return createUnitLayer(body, attempt.current.key);
    },
    onSuccess: async (layer) => {
      attempt.current = null;
      await queries.invalidateQueries({ queryKey: UNIT_LAYERS_KEY });
      onCreated(layer);
    },
  });
}
