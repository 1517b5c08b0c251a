import { IconList, IconMap2, IconUserCircle } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { Session } from "@/api/types";
import { AccountRows } from "./AccountRows";
import { AccountSheet } from "./AccountSheet";
import { listAccounts, type Order, type Place, placeOf } from "./accountList";
import { ListPane } from "./ListPane";
import { MapPane } from "./MapPane";
import { MenuSheet } from "./MenuSheet";
import type { RepState } from "./RepStore";
import { closeOver, openOver, showView, useRoute, type View } from "./route";
import { Sheet } from "./Sheet";
import {
  centreOf,
  extentOf,
  extentOfPlaces,
  territorySummary,
  territoryTitle,
} from "./territoryFacts";
import { usePosition } from "./usePosition";

interface TerritoryScreenProps {
  state: RepState;
  session: Session;
  onRetry: () => void;
}

interface FocusedAccount extends Place {
  id: number;
}

export function TerritoryScreen({ state, session, onRetry }: TerritoryScreenProps) {
  const { territories, accounts } = state;
  const route = useRoute();
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<Order>("revenue");
  const [inView, setInView] = useState<ReadonlySet<number> | null>(null);
  const [focus, setFocus] = useState<FocusedAccount | null>(null);
  const [picked, setPicked] = useState<number[]>([]);
  const location = usePosition();
  const settledSearch = useDeferredValue(search);

  const extent = useMemo(
    () =>
      extentOf(territories) ??
      extentOfPlaces(accounts.map(placeOf).filter((place) => place !== null)),
    [territories, accounts],
  );
  const origin = location.position ?? (extent && centreOf(extent));
  const listed = useMemo(
    () => listAccounts(accounts, { search: settledSearch, order, origin }),
    [accounts, settledSearch, order, origin],
  );
  const open = accounts.find(({ id }) => id === route.open);

  function chooseOrder(chosen: Order) {
    setOrder(chosen);
    if (chosen === "near") void location.ask();
  }

  function pick(ids: number[]) {
    const [only, ...others] = ids;
    if (others.length > 0) setPicked(ids);
    else if (only !== undefined) openOver(route.view, only);
  }

  return (
    <div className="screen" data-view={route.view}>
      <header className="head">
        <div className="head-words">
          <h1>{territoryTitle(territories)}</h1>
          <p className="soft">{territorySummary(territories)}</p>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Menu: sign out, dates"
          onClick={() => openOver(route.view, "menu")}
        >
          <IconUserCircle size={26} aria-hidden />
        </button>
      </header>
      <main className="panes">
        <MapPane
          territories={territories}
          listed={listed}
          extent={extent}
          basemap={session.basemap}
          location={location}
          selectedId={open?.id ?? focus?.id ?? null}
          focus={focus}
          onPick={pick}
          onInView={setInView}
        />
        <ListPane
          state={state}
          listed={listed}
          inView={route.view === "map" && settledSearch.trim() === "" ? inView : null}
          search={search}
          onSearch={setSearch}
          order={order}
          onOrder={chooseOrder}
          location={location}
          currency={session.workspace.currency}
          onOpen={(id) => openOver(route.view, id)}
          onRetry={onRetry}
        />
      </main>
      <BottomBar view={route.view} />
      {open && (
        <AccountSheet
          account={open}
          distanceKm={listed.find(({ account }) => account.id === open.id)?.distanceKm ?? null}
          currency={session.workspace.currency}
          position={location.position}
          onShowOnMap={() => {
            showView("map");
            const place = placeOf(open);
            setFocus(place && { id: open.id, ...place });
          }}
          onClose={() => closeOver(route.view)}
        />
      )}
      {picked.length > 0 && (
        <Sheet title={`${picked.length} accounts at one place`} onClose={() => setPicked([])}>
          <AccountRows
            listed={listed.filter(({ account }) => picked.includes(account.id))}
            currency={session.workspace.currency}
            position={location.position}
            withDistance={location.position !== null}
            onOpen={(id) => {
              setPicked([]);
              openOver(route.view, id);
            }}
          />
        </Sheet>
      )}
      {route.open === "menu" && (
        <MenuSheet state={state} session={session} onClose={() => closeOver(route.view)} />
      )}
    </div>
  );
}

const TABS: { view: View; label: string; Icon: typeof IconMap2 }[] = [
  { view: "map", label: "Map", Icon: IconMap2 },
  { view: "accounts", label: "Accounts", Icon: IconList },
];

function BottomBar({ view: current }: { view: View }) {
  return (
    <nav className="bottom-bar" aria-label="Views">
      {TABS.map(({ view, label, Icon }) => (
        <button
          key={view}
          type="button"
          aria-current={view === current ? "page" : undefined}
          onClick={() => view !== current && showView(view)}
        >
          <Icon size={24} aria-hidden />
          {label}
        </button>
      ))}
    </nav>
  );
}
