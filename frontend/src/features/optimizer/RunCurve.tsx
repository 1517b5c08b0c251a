import { Button, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { problemSentences } from "@/api/problem";
import { startRun } from "@/api/runs";
import type { CurvePoint, Run } from "@/api/types";
import { formatCount, formatNumber, formatShare } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FormulaLink } from "@/ui/FormulaLink";
import {
  HEIGHT,
  imbalanceOf,
  MARGIN,
  type Plot,
  placeAfter,
  plotOf,
  pointWords,
  remakeBody,
  tolerancesOf,
  WIDTH,
} from "./curvePlot";
import classes from "./RunCurve.module.css";

interface RunCurveProps {
  run: Run;
  points: readonly CurvePoint[];
  canEdit: boolean;
  onStarted: (run: Run) => void;
}

/** The plans between today's and a clean sheet: what less change costs in balance, and more saves in distance. */
export function RunCurve({ run, points, canEdit, onStarted }: RunCurveProps) {
  const proposed = points.findIndex(({ is_proposal }) => is_proposal);
  const [place, setPlace] = useState(Math.max(0, proposed));
  const make = useMutation({
    mutationFn: (point: CurvePoint) => startRun(remakeBody(run, point), crypto.randomUUID()),
    onSuccess: onStarted,
  });
  const point = points[place];
  if (!point) return null;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={650}>
        <FormulaLink label="plans to compare" url="/docs/metrics/#curve">
          Other plans
        </FormulaLink>
      </Text>
      <Chart {...{ run, points, place }} onChoose={setPlace} />
      <PointFigures run={run} point={point} />
      {point.was_stopped && (
        <Text size="xs" c="dimmed">
          The time was up before this plan’s search had ended; made again it may be another.
        </Text>
      )}
      {canEdit && !point.is_proposal && (
        <Button
          size="compact-sm"
          variant="light"
          loading={make.isPending}
          onClick={() => make.mutate(point)}
        >
          Make this plan
        </Button>
      )}
      {make.isError && <ErrorNotice title="Not started" sentences={problemSentences(make.error)} />}
    </Stack>
  );
}

interface ChartProps {
  run: Run;
  points: readonly CurvePoint[];
  place: number;
  onChoose: (place: number) => void;
}

function Chart({ run, points, place, onChoose }: ChartProps) {
  const chart = useRef<HTMLDivElement>(null);
  const tolerances = tolerancesOf(run);
  const plot = plotOf(points, tolerances);
  const places = points.map((point) => ({
    x: plot.x(point.moved_fraction),
    y: plot.y(imbalanceOf(point, tolerances)),
  }));
  const followKey = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, place, points.length);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
    chart.current?.querySelectorAll<SVGGElement>("[role=radio]")[next]?.focus();
  };
  return (
    <div
      ref={chart}
      role="radiogroup"
      aria-label="Plans by what changes hands and by worst deviation"
    >
      <svg
        className={`${classes.chart} figures`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="presentation"
      >
        <Frame plot={plot} />
        <polyline
          className={classes.curve}
          points={places.map(({ x, y }) => `${x},${y}`).join(" ")}
        />
        {points.map((point, number) => (
          // biome-ignore lint/a11y/useSemanticElements: an input cannot be drawn in SVG
          <g
            key={`${point.moved_fraction} ${point.mean_km}`}
            className={classes.point}
            transform={`translate(${places[number]?.x} ${places[number]?.y})`}
            role="radio"
            aria-checked={number === place}
            aria-label={pointWords(point, tolerances)}
            tabIndex={number === place ? 0 : -1}
            data-missed={point.is_feasible ? undefined : true}
            onClick={() => onChoose(number)}
            onKeyDown={followKey}
          >
            {number === place && (
              <circle className={classes.chosen} r={plot.radius(point.mean_km) + 4} />
            )}
            <circle r={plot.radius(point.mean_km)} />
            {point.is_proposal && (
              <text
                className={classes.proposal}
                textAnchor={labelAnchor(places[number]?.x ?? 0)}
                y={-plot.radius(point.mean_km) - 7}
              >
                proposed
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Towards the middle where the chart would cut a label off. */
function labelAnchor(x: number) {
  if (x > WIDTH - MARGIN.left) return "end";
  return x < MARGIN.left * 2 ? "start" : "middle";
}

/** The band, the axes and their ticks. */
function Frame({ plot }: { plot: Plot }) {
  const { x, y, xTicks, yTicks } = plot;
  const right = WIDTH - MARGIN.right;
  return (
    <g>
      <rect
        className={classes.band}
        x={MARGIN.left}
        y={y(1)}
        width={right - MARGIN.left}
        height={y(0) - y(1)}
      />
      <text className={classes.bandWords} x={MARGIN.left + 4} y={y(0) - 4}>
        within tolerance
      </text>
      <path
        className={classes.axis}
        fill="none"
        d={`M${MARGIN.left} ${MARGIN.top}V${y(0)}H${right}`}
      />
      {xTicks.map((tick) => (
        <text key={tick} x={x(tick)} y={y(0) + 13} textAnchor="middle">
          {formatShare(tick)}
        </text>
      ))}
      {yTicks.map((tick) => (
        <text key={tick} x={MARGIN.left - 5} y={y(tick) + 3} textAnchor="end">
          {formatNumber(tick)}
        </text>
      ))}
      <text x={(MARGIN.left + right) / 2} y={HEIGHT - 5} textAnchor="middle">
        share of accounts that changes hands
      </text>
      <text transform={`translate(9 ${(MARGIN.top + y(0)) / 2}) rotate(-90)`} textAnchor="middle">
        worst ÷ tolerance
      </text>
    </g>
  );
}

function PointFigures({ run, point }: { run: Run; point: CurvePoint }) {
  return (
    <>
      <Text size="xs" c="dimmed">
        Larger circles have longer ways; hollow ones miss a limit. In the plan chosen
        {point.is_proposal ? ", the proposal" : ""}:
      </Text>
      <Table fz="xs" verticalSpacing={3} horizontalSpacing={4} className="figures">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">Changes hands</Table.Th>
            <Table.Td ta="right">
              <strong>{formatShare(point.moved_fraction, 1)}</strong>, {formatCount(point.n_moves)}{" "}
              units
            </Table.Td>
          </Table.Tr>
          {run.settings.metrics.map(
            ({ key, tolerance }) =>
              point.worst[key] !== undefined && (
                <Table.Tr key={key}>
                  <Table.Th scope="row" tt="capitalize">
                    {key}{" "}
                    <Text span size="xs" c="dimmed">
                      ±{formatShare(tolerance, 1)}
                    </Text>
                  </Table.Th>
                  <Table.Td ta="right">
                    at worst <strong>{formatShare(point.worst[key], 1)}</strong>
                  </Table.Td>
                </Table.Tr>
              ),
          )}
          <Table.Tr>
            <Table.Th scope="row">Mean distance</Table.Th>
            <Table.Td ta="right">
              <strong>{formatNumber(point.mean_km)}</strong> km
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </>
  );
}
