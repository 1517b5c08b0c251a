import type { ReactNode } from "react";
import type { Session } from "@/api/types";
import { SignOut } from "./SignOut";

interface NoticeProps {
  title: string;
  children: ReactNode;
  isBusy?: boolean;
  action?: { label: string; href: string } | { label: string; onPress: () => void };
  /** Given when signing out makes sense here. */
  session?: Session;
}

/** A whole page that says one thing and the next step. */
export function Notice({ title, children, isBusy, action, session }: NoticeProps) {
  return (
    <main className="notice" aria-busy={isBusy}>
      <h1>{title}</h1>
      <p role={isBusy ? "status" : undefined}>{children}</p>
      {isBusy && <div className="waiting" />}
      {action && "href" in action && (
        <a className="button" href={action.href}>
          {action.label}
        </a>
      )}
      {action && "onPress" in action && (
        <button type="button" className="button" onClick={action.onPress}>
          {action.label}
        </button>
      )}
      {session && (
        <>
          {session.member.role !== "rep" && (
            <a className="button" href="/">
              Go to the map
            </a>
          )}
          <p className="soft">Signed in as {session.user.email}</p>
          <SignOut />
        </>
      )}
    </main>
  );
}
