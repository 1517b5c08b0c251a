import { Anchor, Group, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./WorkPage.module.css";

const LINKS = [
  { label: "Import", href: "#/import" },
  { label: "Exports", href: "#/exports" },
  { label: "Jobs", href: "#/jobs" },
];

interface WorkPageProps {
  title: string;
  /** One sentence on what this page is for. */
  purpose: string;
  children: ReactNode;
}

/** A page of work beside the map: the way back, its neighbours, and a column that scrolls. */
export function WorkPage({ title, purpose, children }: WorkPageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <Anchor href="#/map" className={classes.back}>
          <IconArrowLeft size={18} aria-hidden />
          Map
        </Anchor>
        <nav aria-label="Pages">
          <Group gap={4} wrap="nowrap">
            {LINKS.map((link) => (
              <a
                key={link.href}
                href={link.href}
                className={classes.link}
                aria-current={link.label === title ? "page" : undefined}
              >
                {link.label}
              </a>
            ))}
          </Group>
        </nav>
      </header>
      <main className={classes.scroll}>
        <div className={classes.column}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <p className={classes.purpose}>{purpose}</p>
          {children}
        </div>
      </main>
    </div>
  );
}
