import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { ErrorNotice } from "./ErrorNotice";

interface ErrorBoundaryProps {
  children: ReactNode;
}

/** A part that fails to load or to draw says so in words instead of leaving an empty page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <ErrorNotice
        title="This part of the page did not load"
        sentences={[
          "The connection may have dropped, or a newer version was installed. What you saved is safe.",
        ]}
      >
        <Button size="compact-sm" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
      </ErrorNotice>
    );
  }
}
