import { Anchor, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { SaveStatus } from "./useAlignmentEditor";

const SHORTEST_NOTICE_MS = 700;

interface SaveStateProps {
  status: SaveStatus;
  savedLabel: string | null;
  revision: number;
  isReadOnly: boolean;
  nWaiting: number;
  onDetails: () => void;
}

/** What happened to the last change, in words; "saving" stays long enough to be read. */
export function SaveState({
  status,
  savedLabel,
  revision,
  isReadOnly,
  nWaiting,
  onDetails,
}: SaveStateProps) {
  const isSaving = useHeld(status === "saving");
  if (isReadOnly) {
    return (
      <Text size="sm" c="dimmed" truncate>
        read only · revision {revision}
      </Text>
    );
  }
  if (status === "offline") {
    return (
      <Anchor component="button" type="button" size="sm" c="var(--over)" onClick={onDetails}>
        No connection: {nWaiting === 1 ? "1 edit waits" : `${nWaiting} edits wait`}
      </Anchor>
    );
  }
  if (status === "conflict" || status === "failed") {
    return (
      <Anchor component="button" type="button" size="sm" c="var(--over)" onClick={onDetails}>
        {status === "conflict"
          ? "Someone else changed this: your edit waits"
          : "Not saved: see why"}
      </Anchor>
    );
  }
  const saved = savedLabel ? `saved: ${savedLabel}` : "saved";
  return (
    <Text size="sm" c="dimmed" truncate role="status" title={savedLabel ?? undefined}>
      {isSaving ? "saving…" : `${saved} · revision ${revision}`}
    </Text>
  );
}

function useHeld(isOn: boolean): boolean {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isOn) {
      setIsHeld(true);
      return;
    }
    const timer = setTimeout(() => setIsHeld(false), SHORTEST_NOTICE_MS);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isOn || isHeld;
}
