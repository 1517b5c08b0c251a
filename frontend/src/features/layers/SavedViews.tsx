import { ActionIcon, Button, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { MapLook } from "@/map/look";
import type { Bounds } from "@/map/MapController";
import classes from "./LayersPanel.module.css";
import { useSavedViews } from "./useMapLook";
import type { SavedView } from "./viewStore";

interface SavedViewsProps {
  memberId: number;
  look: MapLook;
  extent: () => Bounds | undefined;
  onApply: (view: SavedView) => void;
}

export function SavedViews({ memberId, look, extent, onApply }: SavedViewsProps) {
  const { views, save, remove } = useSavedViews(memberId);
  const [name, setName] = useState("");
  const wanted = name.trim();
  const isKnown = views.some((view) => view.name === wanted);
  return (
    <section className={classes.views} aria-label="Saved views">
      <Text size="xs" fw={650}>
        Saved views
      </Text>
      {views.length === 0 && (
        <Text size="xs" c="dimmed">
          Layers, their opacity and the part of the map, under a name. Kept in this browser.
        </Text>
      )}
      <ul className={classes.list}>
        {views.map((view) => (
          <li key={view.name} className={classes.view}>
            <UnstyledButton
              className={classes.apply}
              aria-label={`Show the view ${view.name}`}
              onClick={() => onApply(view)}
            >
              {view.name}
            </UnstyledButton>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={`Delete the view ${view.name}`}
              onClick={() => remove(view.name)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const place = extent();
          if (!wanted || !place) return;
          save({ name: wanted, look, extent: place });
          setName("");
        }}
      >
        <Group gap={6} align="end" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            label="Name of this view"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" disabled={!wanted}>
            {isKnown ? "Replace" : "Save"}
          </Button>
        </Group>
      </form>
    </section>
  );
}
