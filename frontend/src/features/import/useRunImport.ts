import { useRef, useState } from "react";
import { type RunChoices, runImport } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";

/** Starts a run. A retry after a lost answer carries the same key, so it starts nothing twice. */
export function useRunImport(importId: number, onStarted: (item: Import) => void) {
  const [isStarting, setIsStarting] = useState(false);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const attempt = useRef<{ key: string; choice: string } | null>(null);

  /** Whether it has started; else `sentences` say why not. */
  async function run(choices: RunChoices): Promise<boolean> {
    const choice = JSON.stringify(choices);
    if (attempt.current?.choice !== choice) {
      attempt.current = { key: crypto.randomUUID(), choice };
    }
    setIsStarting(true);
    setSentences(null);
    try {
      const started = await runImport(importId, choices, attempt.current.key);
      attempt.current = null;
      onStarted(started);
      return true;
    } catch (reason) {
      setSentences(problemSentences(reason));
      return false;
    } finally {
      setIsStarting(false);
    }
  }

  return { run, isStarting, sentences };
}
