/** Numbers for people. The locale is the browser's; money arrives in minor units. */

const locale = (): string | undefined =>
  typeof navigator === "undefined" ? "en-US" : navigator.language;

export const MISSING = "–";

export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value);
}

export function formatNumber(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** With all its decimals, so that two of them compare: 95 → "95.0". */
export function formatFixed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const both = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale(), both).format(value);
}

/** A fraction as a percentage with its sign: 0.312 → "+31 %". */
export function formatDeviation(fraction: number | null | undefined, digits = 0): string {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return MISSING;
  const rounded = new Intl.NumberFormat(locale(), {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
    signDisplay: "exceptZero",
  }).format(fraction * 100);
  return `${rounded.replace("-", "−")} %`;
}

export function formatShare(fraction: number | null | undefined, digits = 0): string {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return MISSING;
  return `${formatNumber(fraction * 100, digits)} %`;
}

export function minorUnitDigits(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}

export function fromMinor(amount_minor: number, currency: string): number {
  return amount_minor / 10 ** minorUnitDigits(currency);
}

/** Money short enough for a table cell: 58 100 000 000 cents → "$581M". */
export function formatMoney(amount_minor: number | null | undefined, currency: string): string {
  if (amount_minor === null || amount_minor === undefined || !Number.isFinite(amount_minor)) {
    return MISSING;
  }
  const amount = fromMinor(amount_minor, currency);
  const isLarge = Math.abs(amount) >= 10_000;
  return new Intl.NumberFormat(locale(), {
    style: "currency",
    currency,
    notation: isLarge ? "compact" : "standard",
    maximumSignificantDigits: isLarge ? 3 : undefined,
    maximumFractionDigits: isLarge ? undefined : 0,
  }).format(amount);
}

export function formatDate(iso: string | null | undefined): string {
  if (!iso) return MISSING;
  const isDateOnly = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium" };
  if (isDateOnly) options.timeZone = "UTC";
  return new Intl.DateTimeFormat(locale(), options).format(new Date(iso));
}

export function formatDateTime(iso: string | null | undefined, timeZone?: string): string {
  if (!iso) return MISSING;
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  }).format(new Date(iso));
}

/** A metric's value in its own unit; money metrics come in minor units. */
export function formatMetric(
  value: number | null | undefined,
  unit: string,
  currency: string,
): string {
  if (unit === "currency") return formatMoney(value, currency);
  const text = formatCount(value);
  if (text !== MISSING && unit === "h/year") return `${text} h`;
  return text;
}

/** A length on the ground: metres up to a kilometre. */
export function formatDistance(length_km: number): string {
  if (length_km < 1) return inUnit(Math.round(length_km * 1000), "meter", 0);
  return inUnit(length_km, "kilometer", length_km < 100 ? 1 : 0);
}

/** Square metres up to a hectare, as no format knows the square kilometre by itself. */
export function formatArea(area_km2: number): string {
  if (area_km2 < 0.01) return `${formatCount(area_km2 * 1e6)} m²`;
  return `${formatNumber(area_km2, area_km2 < 1 ? 2 : area_km2 < 100 ? 1 : 0)} km²`;
}

function inUnit(value: number, unit: string, digits: number): string {
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A place in degrees, to about ten metres: 33.7490° N, 84.3880° W. */
export function formatPlace(lon: number, lat: number): string {
  const degrees = new Intl.NumberFormat(locale(), {
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  });
  const part = (value: number, [positive, negative]: readonly [string, string]) =>
    `${degrees.format(Math.abs(value))}° ${value < 0 ? negative : positive}`;
  return `${part(lat, ["N", "S"])}, ${part(lon, ["E", "W"])}`;
}

/** A change with its sign, in the form of the figure: +12, −$3K, 0. */
export function formatSigned(value: number, format: (value: number) => string): string {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${format(Math.abs(value))}`;
}
