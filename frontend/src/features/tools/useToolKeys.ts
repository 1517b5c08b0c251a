import { useEffect, useEffectEvent } from "react";
import type { Basis } from "@/api/types";
import type { ToolName } from "@/map/tools/tool";
import { availableTools } from "./toolList";

interface ToolKeyActions {
  basis: Basis | undefined;
  canEdit: boolean;
  isPaused: boolean;
  onTool: (tool: ToolName) => void;
  onEscape: () => void;
  onEnter: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onHelp: () => void;
}

/** One key a tool; never while a person types or a dialog is open. */
export function useToolKeys(actions: ToolKeyActions): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (actions.isPaused || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "z" || key === "y") {
        event.preventDefault();
        if (key === "y" || event.shiftKey) actions.onRedo();
        else actions.onUndo();
      }
      return;
    }
    if (event.altKey) return;
    if (event.key === "Escape") actions.onEscape();
    else if (event.key === "Enter") actions.onEnter();
    else if (event.key === "?") actions.onHelp();
    else {
      const tool = availableTools(actions.basis, actions.canEdit).find(
        (entry) => entry.key.toLowerCase() === key,
      );
      if (tool) actions.onTool(tool.name);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return Boolean(
    element?.closest?.(
      "input, textarea, select, [contenteditable], [role='dialog'], [role='menu']",
    ),
  );
}
