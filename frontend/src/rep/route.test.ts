import { expect, it } from "vitest";
import { parseRoute, type Route, routeHash } from "./route";

it.each([
  ["", { view: "map", open: null }],
  ["#/accounts", { view: "accounts", open: null }],
  ["#/accounts/12", { view: "accounts", open: 12 }],
  ["#/map/menu", { view: "map", open: "menu" }],
  ["#/nonsense/-3", { view: "map", open: null }],
] as [string, Route][])("the address %j means one view and at most one card", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

it("an address made from a route leads back to it", () => {
  const route: Route = { view: "accounts", open: 7 };
  expect(parseRoute(routeHash(route))).toEqual(route);
});
