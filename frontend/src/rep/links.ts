import type { Account } from "@/api/types";
import { type Place, placeOf } from "./accountList";

/** Digits only, with a leading plus kept; null when there is nothing to dial. */
export function callLink(account: Account): string | null {
  const digits = account.phone.replace(/(?!^\+)\D/g, "");
  return /\d/.test(digits) ? `tel:${digits}` : null;
}

/**
 * Android hands `geo:` to the navigation app the person chose. Elsewhere that scheme leads
 * nowhere, so a web map opens instead, and only when tapped.
 */
export function navigateLink(
  account: Account,
  device: { userAgent: string; position: Place | null },
): string | null {
  const place = placeOf(account);
  if (!place) return null;
  const point = `${place.lat},${place.lon}`;
  if (/android/i.test(device.userAgent)) {
    return `geo:${point}?q=${point}(${encodeURIComponent(account.name)})`;
  }
  const from = device.position ? `${device.position.lat},${device.position.lon}` : "";
  const query = new URLSearchParams({ engine: "fossgis_osrm_car", route: `${from};${point}` });
  return `https://www.openstreetmap.org/directions?${query}`;
}

export function addressLines(account: Account): string[] {
  const town = [account.city, [account.region, account.postal_code].filter(Boolean).join(" ")]
    .filter(Boolean)
    .join(", ");
  return [account.street, town].filter(Boolean);
}
