import {
  Group,
  Kbd,
  Paper,
  SegmentedControl,
  Switch,
  Text,
  Tooltip,
  UnstyledButton,
} from "@mantine/core";
import type { Basis } from "@/api/types";
import type { ToolName } from "@/map/tools/tool";
import classes from "./ToolBar.module.css";
import { availableTools } from "./toolList";

const BRUSH_SIZES_PX = [
  { value: "0", label: "1 unit" },
  { value: "24", label: "S" },
  { value: "48", label: "M" },
  { value: "90", label: "L" },
];

const BARRIER_FORMS = [
  { value: "line", label: "Line" },
  { value: "area", label: "Area" },
];

interface ToolBarProps {
  tool: ToolName;
  basis: Basis | undefined;
  canEdit: boolean;
  brush: { radius_px: number; onlyUnassigned: boolean };
  sharesBorders: boolean;
  isBarrierArea: boolean;
  onTool: (tool: ToolName) => void;
  onBrush: (brush: { radius_px: number; onlyUnassigned: boolean }) => void;
  onSharesBorders: (sharesBorders: boolean) => void;
  onBarrierArea: (isArea: boolean) => void;
}

export function ToolBar({ tool, basis, canEdit, brush, onTool, onBrush, ...props }: ToolBarProps) {
  const tools = availableTools(basis, canEdit);
  const hint = tools.find(({ name }) => name === tool)?.hint;
  return (
    <div className={classes.holder} data-over-map="standing">
      <Paper
        className={classes.bar}
        shadow="sm"
        role="toolbar"
        aria-label="Map tools"
        data-crowded={tools.length > 3 || undefined}
        data-full={tools.length > 8 || undefined}
      >
        {tools.map(({ name, label, key, icon: Icon, hint: words }) => (
          <Tooltip key={name} label={`${words} (${shownKey(key)})`} multiline maw={260}>
            <UnstyledButton
              className={classes.tool}
              aria-pressed={tool === name}
              aria-keyshortcuts={key}
              data-active={tool === name || undefined}
              onClick={() => onTool(name)}
            >
              <Icon size={17} />
              <span className={classes.label}>{label}</span>
              <Kbd size="xs" className={classes.key} aria-hidden="true">
                {shownKey(key)}
              </Kbd>
            </UnstyledButton>
          </Tooltip>
        ))}
      </Paper>
      {tool !== "select" && hint && (
        <Paper className={classes.hint} shadow="xs">
          <Text size="xs">{hint}</Text>
          {tool === "paint" && (
            <Group gap="sm" mt={4}>
              <SegmentedControl
                size="xs"
                aria-label="Brush size"
                data={BRUSH_SIZES_PX}
                value={String(brush.radius_px)}
                onChange={(value) => onBrush({ ...brush, radius_px: Number(value) })}
              />
              <Switch
                size="xs"
                label="only unassigned"
                checked={brush.onlyUnassigned}
                onChange={(event) =>
                  onBrush({ ...brush, onlyUnassigned: event.currentTarget.checked })
                }
              />
            </Group>
          )}
          {tool === "barrier" && (
            <SegmentedControl
              size="xs"
              mt={4}
              aria-label="What the barrier is"
              data={BARRIER_FORMS}
              value={props.isBarrierArea ? "area" : "line"}
              onChange={(value) => props.onBarrierArea(value === "area")}
            />
          )}
          {tool === "edit" && (
            <Switch
              size="xs"
              mt={4}
              label="neighbours on the same border move along"
              checked={props.sharesBorders}
              onChange={(event) => props.onSharesBorders(event.currentTarget.checked)}
            />
          )}
        </Paper>
      )}
    </div>
  );
}

function shownKey(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key.slice(0, 3);
}
