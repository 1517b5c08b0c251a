import { ActionIcon, Checkbox, NativeSelect, Popover, Radio, Stack } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import type { ScorecardMetric } from "@/api/types";
import type { AccountLook, MapLook } from "@/map/look";

const ACCOUNT_LOOKS: { value: AccountLook; label: string }[] = [
  { value: "territory", label: "Dots by territory" },
  { value: "revenue", label: "Bubbles by revenue" },
  { value: "density", label: "Density as heat" },
  { value: "none", label: "Not shown" },
];

interface LayersButtonProps {
  look: MapLook;
  labelMetric: string;
  metrics: readonly ScorecardMetric[];
  hasUnits: boolean;
  onLook: (look: MapLook) => void;
  onLabelMetric: (key: string) => void;
}

export function LayersButton(props: LayersButtonProps) {
  const { look, labelMetric, metrics, hasUnits, onLook, onLabelMetric } = props;
  const toggle = (part: "hasLabels" | "hasBarriers" | "hasFindings") => ({
    checked: look[part],
    onChange: (event: { currentTarget: { checked: boolean } }) =>
      onLook({ ...look, [part]: event.currentTarget.checked }),
  });
  return (
    <Popover position="bottom-end" width={250} trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={36} aria-label="Layers: what the map shows">
          <IconStack2 size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Radio.Group
            label="Accounts"
            size="sm"
            value={look.accounts}
            onChange={(value) => onLook({ ...look, accounts: value as AccountLook })}
          >
            <Stack gap={8} mt={6}>
              {ACCOUNT_LOOKS.map((item) => (
                <Radio key={item.value} size="xs" {...item} />
              ))}
            </Stack>
          </Radio.Group>
          {hasUnits && (
            <NativeSelect
              label="Units coloured by"
              size="xs"
              value={look.unitMetric ?? ""}
              onChange={(event) =>
                onLook({ ...look, unitMetric: event.currentTarget.value || null })
              }
              data={[
                { value: "", label: "territory" },
                ...metrics
                  .filter(({ key }) => key !== "travel")
                  .map(({ key, label }) => ({ value: key, label: label.toLowerCase() })),
              ]}
            />
          )}
          <NativeSelect
            label="Labels tell the deviation of"
            size="xs"
            value={labelMetric}
            onChange={(event) => onLabelMetric(event.currentTarget.value)}
            data={metrics.map(({ key, label }) => ({ value: key, label: label.toLowerCase() }))}
          />
          <Checkbox size="xs" label="Labels" {...toggle("hasLabels")} />
          <Checkbox size="xs" label="Barriers" {...toggle("hasBarriers")} />
          <Checkbox size="xs" label="Overlap and white space" {...toggle("hasFindings")} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
