import { ActionIcon, Tooltip } from "@mantine/core";
import { IconFocusCentered, IconMinus, IconPlus, IconSearch } from "@tabler/icons-react";
import type { Ref, RefObject } from "react";
import type { Alignment } from "@/api/types";
import type { PictureFacts } from "@/features/layers/composePicture";
import { LayersButton } from "@/features/layers/LayersButton";
import { PictureMenu } from "@/features/layers/PictureMenu";
import type { MapController } from "@/map/MapController";
import classes from "./Desk.module.css";
import type { DeskState } from "./useDeskState";

interface MapCornerProps {
  alignment: Alignment;
  desk: DeskState;
  picture: PictureFacts;
  controllerRef: RefObject<MapController | null>;
  layersButton: Ref<HTMLButtonElement>;
  searchButton: Ref<HTMLButtonElement>;
}

export function MapCorner(props: MapCornerProps) {
  const { alignment, desk, controllerRef } = props;
  const toggle = (panel: "layers" | "search") =>
    desk.setMapPanel(desk.mapPanel === panel ? null : panel);
  return (
    <div className={classes.corner} data-over-map="standing">
      <Tooltip
        label="Find a place, account, territory or rep (/)"
        position="left"
        withinPortal={false}
      >
        <ActionIcon
          ref={props.searchButton}
          variant={desk.mapPanel === "search" ? "filled" : "default"}
          size={36}
          aria-label="Find on the map"
          aria-keyshortcuts="/"
          aria-expanded={desk.mapPanel === "search"}
          onClick={() => toggle("search")}
        >
          <IconSearch size={18} />
        </ActionIcon>
      </Tooltip>
      <LayersButton
        ref={props.layersButton}
        isOpen={desk.mapPanel === "layers"}
        onOpen={() => toggle("layers")}
      />
      <ActionIcon.Group orientation="vertical">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Zoom in"
          onClick={() => controllerRef.current?.zoomBy(1)}
        >
          <IconPlus size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Zoom out"
          onClick={() => controllerRef.current?.zoomBy(-1)}
        >
          <IconMinus size={18} />
        </ActionIcon>
      </ActionIcon.Group>
      <Tooltip label="Show all territories" position="left">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Show all territories"
          onClick={() => alignment.bbox && controllerRef.current?.fitBounds(alignment.bbox)}
        >
          <IconFocusCentered size={18} />
        </ActionIcon>
      </Tooltip>
      <PictureMenu facts={props.picture} controller={() => controllerRef.current} />
    </div>
  );
}
