import { get } from "./http";
import type { Account, MyTerritories, Page, Session } from "./types";

const LARGEST_PAGE = 500;

export const fetchSession = () => get<Session>("session");
export const fetchMyTerritory = () => get<MyTerritories>("my-territory");

/** A rep is answered with the own accounts of the live alignment only. */
export const fetchMyAccounts = (next: string | null) =>
  next
    ? get<Page<Account>>(next)
    : get<Page<Account>>("accounts", { ordering: "name", page_size: LARGEST_PAGE });
