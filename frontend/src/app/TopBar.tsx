import {
  ActionIcon,
  Button,
  Menu,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { IconChevronDown, IconMoon, IconSun } from "@tabler/icons-react";
import { cookie } from "@/api/http";
import type { Session } from "@/api/types";
import { switchWorkspace } from "@/api/workspace";
import classes from "./TopBar.module.css";
import type { PageName } from "./useHashRoute";

const PAGES: { page: PageName; label: string }[] = [
  { page: "map", label: "Map" },
  { page: "answers", label: "Answers" },
  { page: "reviews", label: "Reviews" },
  { page: "import", label: "Import" },
  { page: "units", label: "Units" },
  { page: "exports", label: "Export" },
  { page: "reports", label: "Reports" },
  { page: "jobs", label: "Jobs" },
];
const CONNECTIONS = { page: "connections", label: "Connections" } as const;
const CONNECTORS = ["admin", "manager", "ops"];

/** On a phone the bar of pages scrolls: the present one is always seen. */
const showTab = (tab: HTMLAnchorElement | null) =>
  tab?.scrollIntoView({ block: "nearest", inline: "nearest" });

export function TopBar({ session, page }: { session: Session; page: PageName }) {
  const pages = CONNECTORS.includes(session.member.role) ? [...PAGES, CONNECTIONS] : PAGES;
  return (
    <nav className={classes.bar} aria-label="Main">
      <a className={classes.brand} href="#/map">
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" fill="#1f566b" />
          <path d="M6 8l8-2v9l-8 3z" fill="#9fd3c7" />
          <path d="M16 6l10 3v8l-10-3z" fill="#f3c969" />
          <path d="M6 20l9-3 11 2v6l-10 2-10-3z" fill="#e39f7a" />
        </svg>
        Territories
      </a>
      <div className={classes.pages}>
        {pages.map(({ page: target, label }) => (
          <a
            key={target}
            href={`#/${target}`}
            aria-current={target === page ? "page" : undefined}
            ref={target === page ? showTab : undefined}
          >
            {label}
          </a>
        ))}
      </div>
      <span className={classes.space} />
      <WorkspaceMenu session={session} />
      <SchemeToggle />
      <UserMenu session={session} />
    </nav>
  );
}

function WorkspaceMenu({ session }: { session: Session }) {
  if (session.workspaces.length < 2) {
    return (
      <Text size="sm" c="dimmed" truncate maw={260}>
        {session.workspace.name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} />}
        >
          {session.workspace.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {session.workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            disabled={id === session.workspace.id}
            onClick={() => {
              void switchWorkspace(id).then(() => {
                location.hash = "#/map";
                location.reload();
              });
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "light" ? "dark" : "light";
  return (
    <Tooltip label={`Use ${other} colours`}>
      <ActionIcon
        size="lg"
        color="gray"
        aria-label={`Use ${other} colours`}
        onClick={() => setColorScheme(other)}
      >
        {scheme === "light" ? <IconMoon size={18} /> : <IconSun size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function UserMenu({ session }: { session: Session }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} />}
        >
          {session.user.name || session.user.email}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.email}, {session.member.role}
        </Menu.Label>
        <form method="post" action="/auth/logout/">
          <input type="hidden" name="csrfmiddlewaretoken" value={cookie("csrftoken") ?? ""} />
          <Menu.Item component="button" type="submit">
            Sign out
          </Menu.Item>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
