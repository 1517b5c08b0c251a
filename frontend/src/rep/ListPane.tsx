import { IconSearch, IconX } from "@tabler/icons-react";
import { formatCount } from "@/domain/format";
import { AccountRows } from "./AccountRows";
import type { ListedAccount, Order } from "./accountList";
import type { RepState } from "./RepStore";
import type { Location } from "./usePosition";

const ORDERS: { order: Order; label: string }[] = [
  { order: "near", label: "Near me" },
  { order: "revenue", label: "Revenue" },
  { order: "name", label: "Name" },
];

interface ListPaneProps {
  state: RepState;
  listed: ListedAccount[];
  /** Ids within the map's window; null when the list stands for itself. */
  inView: ReadonlySet<number> | null;
  search: string;
  onSearch: (search: string) => void;
  order: Order;
  onOrder: (order: Order) => void;
  location: Location;
  currency: string;
  onOpen: (id: number) => void;
  onRetry: () => void;
}

export function ListPane(props: ListPaneProps) {
  const { state, listed, inView, search, onSearch, order, onOrder, location } = props;
  const shown = inView ? listed.filter(({ account }) => inView.has(account.id)) : listed;
  return (
    <section className="list-pane" aria-label="Accounts">
      <div className="search">
        <IconSearch size={20} aria-hidden />
        <input
          type="search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          placeholder="Search accounts, towns"
          aria-label="Search accounts, towns"
          enterKeyHint="search"
        />
        {search !== "" && (
          <button type="button" aria-label="Clear the search" onClick={() => onSearch("")}>
            <IconX size={20} aria-hidden />
          </button>
        )}
      </div>
      <fieldset className="orders">
        <legend className="unseen">Sort by</legend>
        {ORDERS.map((item) => (
          <button
            key={item.order}
            type="button"
            aria-pressed={item.order === order}
            onClick={() => onOrder(item.order)}
          >
            {item.label}
          </button>
        ))}
      </fieldset>
      <LocationWords location={location} />
      {state.sentences.length > 0 && (
        <div className="problem" role="alert">
          <p>{state.sentences.join(" ")} Not all accounts are here yet.</p>
          <button type="button" className="button quiet" onClick={props.onRetry}>
            Try again
          </button>
        </div>
      )}
      <p className="count" role="status">
        {countWords(shown.length, { isInView: inView !== null, search, state })}
      </p>
      <AccountRows
        key={`${order} ${search}`}
        listed={shown}
        currency={props.currency}
        position={location.position}
        withDistance={order === "near" || location.position !== null}
        onOpen={props.onOpen}
      />
    </section>
  );
}

function LocationWords({ location: { state } }: { location: Location }) {
  if (state.kind === "refused") {
    return (
      <p className="hint" role="status">
        {state.words}
      </p>
    );
  }
  if (state.kind === "asking") {
    return (
      <p className="hint" role="status">
        Looking for your location…
      </p>
    );
  }
  return null;
}

interface CountChoice {
  isInView: boolean;
  search: string;
  state: RepState;
}

function countWords(n: number, { isInView, search, state }: CountChoice): string {
  const { isFilling, accounts } = state;
  if (isFilling) return `Loading accounts: ${formatCount(accounts.length)} so far…`;
  if (accounts.length === 0) return "This territory has no accounts yet.";
  const where = isInView ? "in this part of the map" : "in your territory";
  if (n > 0) {
    const found = search.trim() === "" ? where : `found ${where}`;
    return `${formatCount(n)} ${n === 1 ? "account" : "accounts"} ${found}`;
  }
  if (search.trim() !== "") {
    return `No account ${where} matches “${search.trim()}”. Try fewer letters, or the town.`;
  }
  return "No account in this part of the map. Move it, or zoom out.";
}
