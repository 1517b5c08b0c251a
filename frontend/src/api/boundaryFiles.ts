import { send } from "./http";
import type { BoundaryFile } from "./types";
import { upload } from "./upload";

interface UploadFile {
  file: File;
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

export function uploadBoundaryFile({ file, ...options }: UploadFile): Promise<BoundaryFile> {
  const form = new FormData();
  form.set("file", file);
  return upload<BoundaryFile>("boundary-files", form, options);
}

/** The file looked at again under other choices. */
export const chooseForFile = (
  id: number,
  changed: { layer?: string; is_longitude_latitude?: boolean; repair?: boolean },
) => send<BoundaryFile>("PATCH", `boundary-files/${id}`, { body: changed });
