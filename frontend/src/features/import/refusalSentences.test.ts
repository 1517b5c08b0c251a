import { expect, it } from "vitest";
import { ProblemError } from "@/api/problem";
import { refusalSentences } from "./refusalSentences";

const refusal = (errors: ProblemError["errors"]) =>
  new ProblemError({ title: "Invalid", status: 400, detail: "Refused.", code: "invalid", errors });

it("a refused file is called by its name", () => {
  const reason = refusal([{ field: "file", problem: "is empty" }]);
  expect(refusalSentences("march.csv", reason)).toEqual(["march.csv is empty."]);
});

it("a limit that was passed is told", () => {
  const reason = refusal([{ field: "file", problem: "is too large", bound: "64 MB" }]);
  expect(refusalSentences("march.csv", reason)).toEqual(["march.csv is too large (limit: 64 MB)."]);
});

it("a refusal without details is told in the server's words", () => {
  expect(refusalSentences("march.csv", refusal([]))).toEqual(["Refused."]);
});
