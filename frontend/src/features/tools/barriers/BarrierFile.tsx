import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { FILE_MAX_BYTES, type FileBarrier, readBarriers } from "../boundaryFile";

const AT_ONCE_MAX = 100;

/** Lines and areas of a GeoJSON file, read in the browser. */
export function BarrierFile({ onRead }: { onRead: (barriers: readonly FileBarrier[]) => void }) {
  const refuse = (message: string) => notifications.show({ color: "red", message });
  const read = async (file: File | null) => {
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) {
      refuse("The file is larger than 20 MB. Cut it to the area you need.");
      return;
    }
    const found = readBarriers(await file.text());
    if ("problem" in found) refuse(found.problem);
    else if (found.barriers.length > AT_ONCE_MAX) {
      refuse(
        `The file holds ${found.barriers.length} lines and areas, at most ${AT_ONCE_MAX} are added at once.`,
      );
    } else onRead(found.barriers);
  };
  return (
    <FileButton
      accept=".geojson,.json,application/geo+json,application/json"
      onChange={(file) => void read(file)}
    >
      {(button) => (
        <Button {...button} size="compact-xs" variant="default">
          From a file…
        </Button>
      )}
    </FileButton>
  );
}
