import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./FormulaLink.module.css";

interface FormulaLinkProps {
  /** What the figure is called, for people who hear the page. */
  label: string;
  url: string;
  children: ReactNode;
}

/** A figure that leads to the page saying how it is computed. */
export function FormulaLink({ label, url, children }: FormulaLinkProps) {
  return (
    <Anchor
      className={classes.link}
      href={url}
      target="_blank"
      rel="noreferrer"
      inherit
      title={`How ${label} is computed`}
    >
      {children}
    </Anchor>
  );
}
