import { formatCount, formatMoney } from "@/domain/format";
import type { MetricReading } from "@/domain/territoryView";

/** What a stroke under way gives or takes: "+43 accounts, +$25.9M". Null when nothing changes. */
export function changeWords(readings: readonly MetricReading[], currency: string): string | null {
  const changeOf = (key: string) => readings.find((reading) => reading.key === key)?.change ?? 0;
  if (readings.every(({ change }) => change === 0)) return null;
  const sign = (amount: number) => (amount < 0 ? "−" : "+");
  const accounts = changeOf("accounts");
  const revenue_minor = changeOf("revenue");
  return [
    `${sign(accounts)}${formatCount(Math.abs(accounts))} accounts`,
    `${sign(revenue_minor)}${formatMoney(Math.abs(revenue_minor), currency)}`,
  ].join(", ");
}
