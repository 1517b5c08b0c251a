import { Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconPolygon } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { uploadBoundaryFile } from "@/api/boundaryFiles";
import type { BoundaryFile, UnitLayer } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import { FileLayerForm } from "./FileLayerForm";
import classes from "./FileUpload.module.css";
import { fileSentences } from "./fileWords";

export function FileUpload({ onCreated }: { onCreated: (layer: UnitLayer) => void }) {
  const { item, current, sentences, start, cancel, choose } = useFileUpload();
  if (item) {
    return (
      <FileLayerForm
        key={item.id}
        item={item}
        onChanged={choose}
        onOther={() => choose(null)}
        onCreated={(layer) => {
          choose(null);
          onCreated(layer);
        }}
      />
    );
  }
  return (
    <Stack>
      {current ? (
        <ProgressWithCancel
          label={`Uploading ${current.file.name}`}
          fraction={current.fraction < 1 ? current.fraction : null}
          message={current.fraction < 1 ? "Uploading…" : "Uploaded. Looking at the areas…"}
          onCancel={cancel}
        />
      ) : (
        <Dropzone
          onDrop={([file]) => file && start(file)}
          multiple={false}
          className={classes.zone}
          inputProps={{ "aria-label": "File with boundaries" }}
          aria-label="Choose a boundary file"
        >
          <Stack align="center" gap="xs" ta="center">
            <IconPolygon size={40} stroke={1.4} aria-hidden />
            <Text fw={600}>Drop a boundary file here, or press to choose one</Text>
            <Text size="sm" c="dimmed" maw="60ch">
              GeoJSON, TopoJSON, zipped Shapefile, KML, KMZ, GeoPackage or FlatGeobuf, up to 100 MB,
              in any projection. Every area becomes a unit.
            </Text>
          </Stack>
        </Dropzone>
      )}
      {sentences && <ErrorNotice title="The file was not taken" sentences={sentences} />}
    </Stack>
  );
}

function useFileUpload() {
  const [item, choose] = useState<BoundaryFile | null>(null);
  const [current, setCurrent] = useState<{ file: File; fraction: number } | null>(null);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function start(file: File) {
    abort.current = new AbortController();
    const { signal } = abort.current;
    const onProgress = (fraction: number) => setCurrent({ file, fraction });
    setSentences(null);
    onProgress(0);
    try {
      choose(await uploadBoundaryFile({ file, onProgress, signal }));
    } catch (reason) {
      if (!signal.aborted) setSentences(fileSentences(file.name, reason));
    }
    setCurrent(null);
  }

  return { item, current, sentences, start, cancel: () => abort.current?.abort(), choose };
}
