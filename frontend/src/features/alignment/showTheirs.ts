import { notifications } from "@mantine/notifications";
import type { Change } from "@/api/types";
import { theirWords } from "./theirWords";

const SHOWN_MS = 5000;

/** For a moment, what others have just done. */
export function showTheirs(changes: readonly Change[]): void {
  const message = theirWords(changes);
  if (!message) return;
  notifications.show({
    message,
    autoClose: SHOWN_MS,
    withBorder: true,
    closeButtonProps: { "aria-label": "Close" },
  });
}
