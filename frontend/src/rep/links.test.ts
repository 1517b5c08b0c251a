import { describe, expect, it } from "vitest";
import type { Account } from "@/api/types";
import { addressLines, callLink, navigateLink } from "./links";

const SHOP = {
  name: "Cherry & Co",
  phone: "+1 (478) 555-0100",
  street: "1 Cherry St",
  city: "Macon",
  region: "GA",
  postal_code: "31201",
  lon: -83.63,
  lat: 32.84,
} as Account;

describe("call", () => {
  it("keeps the plus and drops what a phone does not dial", () => {
    expect(callLink(SHOP)).toBe("tel:+14785550100");
  });

  it.each(["", "none", "+"])("offers nothing for %j", (phone) => {
    expect(callLink({ ...SHOP, phone })).toBeNull();
  });
});

describe("navigate", () => {
  it("on Android opens the navigation app with the account's name", () => {
    expect(navigateLink(SHOP, { userAgent: "Linux; Android 15", position: null })).toBe(
      "geo:32.84,-83.63?q=32.84,-83.63(Cherry%20%26%20Co)",
    );
  });

  it("elsewhere starts at the own position when it is known", () => {
    const link = navigateLink(SHOP, { userAgent: "iPhone", position: { lon: -84, lat: 33 } });
    expect(new URL(link ?? "").searchParams.get("route")).toBe("33,-84;32.84,-83.63");
  });

  it("offers nothing for an account without a point", () => {
    expect(navigateLink({ ...SHOP, lon: null }, { userAgent: "", position: null })).toBeNull();
  });
});

it("an address leaves no stray commas when parts are missing", () => {
  expect(addressLines(SHOP)).toEqual(["1 Cherry St", "Macon, GA 31201"]);
  expect(addressLines({ ...SHOP, street: "", region: "", postal_code: "" })).toEqual(["Macon"]);
});
