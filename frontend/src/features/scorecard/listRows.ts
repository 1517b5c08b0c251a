import type { Territory } from "@/api/types";
import type { MetricReading } from "@/domain/territoryView";

export interface ListFilter {
  /** Part of a territory's name, code, region or rep, in any case and with or without accents. */
  text: string;
  isOnlyOutOfBand: boolean;
}

interface Row {
  territory: Territory;
  readings: readonly MetricReading[];
}

export function filterRows<T extends Row>(rows: readonly T[], filter: ListFilter): T[] {
  const wanted = plain(filter.text.trim());
  return rows.filter(({ territory, readings }) => {
    const { name, code, region, rep } = territory;
    const isMeant = [name, code, region, rep?.name ?? ""].some((text) =>
      plain(text).includes(wanted),
    );
    return isMeant && (!filter.isOnlyOutOfBand || readings.some(isOutOfBand));
  });
}

const isOutOfBand = ({ state }: MetricReading) => state === "over" || state === "under";

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
