import { useQuery } from "@tanstack/react-query";
import { answer, apiUrl, client, get } from "./http";
import { isFinal } from "./jobs";
import type { NewReport, Report } from "./types";

const ACTIVE_MS = 1500;

/** The newest reports; looked at again while one is being made. */
export function useReports() {
  return useQuery({
    queryKey: ["reports"],
    queryFn: async () => (await get<{ results: Report[] }>("reports")).results,
    refetchInterval: ({ state }) =>
      state.data?.some(({ job }) => job !== null && !isFinal(job)) ? ACTIVE_MS : false,
  });
}

export const requestReport = (body: NewReport) =>
  answer<Report>(client.POST("/api/v1/reports", { body }));

export const deleteReport = (id: number) =>
  answer<void>(client.DELETE("/api/v1/reports/{id}", { params: { path: { id } } }));

export const reportUrl = (id: number) => apiUrl(`reports/${id}/file`, {});
