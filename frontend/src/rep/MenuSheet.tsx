import type { Session } from "@/api/types";
import { formatDate, formatDateTime } from "@/domain/format";
import type { RepState } from "./RepStore";
import { Sheet } from "./Sheet";
import { SignOut } from "./SignOut";

interface MenuSheetProps {
  state: RepState;
  session: Session;
  onClose: () => void;
}

export function MenuSheet({ state, session, onClose }: MenuSheetProps) {
  return (
    <Sheet title={session.user.name || session.user.email} onClose={onClose}>
      <dl className="facts">
        {state.territories.map(({ id, name, alignment_name, team_name, effective_date }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              {alignment_name}, {team_name}
              {effective_date && `, in force since ${formatDate(effective_date)}`}
            </dd>
          </div>
        ))}
        <div>
          <dt>Signed in as</dt>
          <dd>{session.user.email}</dd>
        </div>
        <div>
          <dt>Workspace</dt>
          <dd>{session.workspace.name}</dd>
        </div>
        <div>
          <dt>Figures as of</dt>
          <dd>{formatDateTime(state.asOf, session.workspace.time_zone)}</dd>
        </div>
      </dl>
      <SignOut />
    </Sheet>
  );
}
