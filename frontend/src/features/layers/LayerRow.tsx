import { ActionIcon, Checkbox, Slider } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { LayerName, MapLook } from "@/map/look";
import { withLayer } from "@/map/look";
import classes from "./LayersPanel.module.css";
import { LAYER_WORDS, movedLayer } from "./layerWords";

interface LayerRowProps {
  name: LayerName;
  look: MapLook;
  whyEmpty: string | null;
  onLook: (look: MapLook) => void;
  children?: ReactNode;
}

export function LayerRow({ name, look, whyEmpty, onLook, children }: LayerRowProps) {
  const { isOn, opacity } = look.layers[name];
  const words = LAYER_WORDS[name];
  const position = look.order.indexOf(name);
  const isShown = isOn && whyEmpty === null;
  const move = (step: -1 | 1) => onLook({ ...look, order: movedLayer(look.order, name, step) });
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <Checkbox
          size="xs"
          className={classes.name}
          label={words}
          description={whyEmpty}
          checked={isOn}
          onChange={(event) => onLook(withLayer(look, name, { isOn: event.currentTarget.checked }))}
        />
        {isShown && (
          <Slider
            className={classes.opacity}
            size={4}
            thumbSize={14}
            min={10}
            max={100}
            step={10}
            label={(percent) => `${percent} %`}
            thumbLabel={`Opacity of ${words}`}
            value={Math.round(opacity * 100)}
            onChange={(percent) => onLook(withLayer(look, name, { opacity: percent / 100 }))}
          />
        )}
        <ActionIcon.Group>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={`Bring ${words} forward`}
            aria-disabled={position === 0}
            data-disabled={position === 0 || undefined}
            onClick={() => move(-1)}
          >
            <IconChevronUp size={15} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={`Send ${words} back`}
            aria-disabled={position === look.order.length - 1}
            data-disabled={position === look.order.length - 1 || undefined}
            onClick={() => move(1)}
          >
            <IconChevronDown size={15} />
          </ActionIcon>
        </ActionIcon.Group>
      </div>
      {isShown && children && <div className={classes.settings}>{children}</div>}
    </li>
  );
}
