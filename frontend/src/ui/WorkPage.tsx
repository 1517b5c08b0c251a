import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./WorkPage.module.css";

interface WorkPageProps {
  title: string;
  /** One sentence on what this page is for. */
  purpose: string;
  children: ReactNode;
}

/** A page of work beside the map: one column with its title. */
export function WorkPage({ title, purpose, children }: WorkPageProps) {
  return (
    <div className={classes.column}>
      <Title order={1} size="h2">
        {title}
      </Title>
      <p className={classes.purpose}>{purpose}</p>
      {children}
    </div>
  );
}
