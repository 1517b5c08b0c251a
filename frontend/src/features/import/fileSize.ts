import { formatNumber } from "@/domain/format";

const STEP = 1000;
const UNITS = ["bytes", "kB", "MB", "GB"];

export function fileSize(bytes: number): string {
  const power = bytes < STEP ? 0 : Math.floor(Math.log10(bytes) / 3);
  const step = Math.min(power, UNITS.length - 1);
  return `${formatNumber(bytes / STEP ** step, step === 0 ? 0 : 1)} ${UNITS[step]}`;
}
