import type { Proposal } from "@/api/types";
import { formatCount, formatDeviation, formatMoney } from "@/domain/format";

type Effect = Proposal["effects"][number];

/** “East: +2 accounts, +$200, load −50 % → +50 %”. */
export function effectWords(name: string, effect: Effect, currency: string): string {
  const { n_accounts, revenue_minor, load_before, load_after } = effect;
  const noun = Math.abs(n_accounts) === 1 ? "account" : "accounts";
  const load =
    load_before === null && load_after === null
      ? null
      : `load ${formatDeviation(load_before)} → ${formatDeviation(load_after)}`;
  const words = [
    `${signed(n_accounts, formatCount)} ${noun}`,
    signed(revenue_minor, (value) => formatMoney(value, currency)),
    load,
  ];
  return `${name}: ${words.filter((word) => word !== null).join(", ")}`;
}

function signed(value: number, format: (value: number) => string): string {
  if (value === 0) return format(0);
  return `${value > 0 ? "+" : "−"}${format(Math.abs(value))}`;
}
