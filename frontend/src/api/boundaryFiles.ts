import { send } from "./http";
import type { Alignment, BoundaryFile } from "./types";
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

interface TerritoriesOfFile {
  name: string;
  team_id: number;
  code_attribute: string | null;
  name_attribute: string | null;
  skip_problems: boolean;
}

/** A new scenario with a drawn territory for each value of an attribute. */
export const createTerritoriesOfFile = (id: number, body: TerritoriesOfFile) =>
  send<Alignment>("POST", `boundary-files/${id}/territories`, { body });
