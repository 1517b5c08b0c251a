import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, get } from "./http";
import type { components } from "./schema";
import type { Job, Page } from "./types";

type Schemas = components["schemas"];
export type Review = Omit<Schemas["Review"], "job"> & { job: Job | null };
export type ReviewSchedule = Schemas["ReviewSchedule"];
export type ReviewTrend = Schemas["ReviewTrend"];
export type NewReviewSchedule = Schemas["CreateReviewScheduleRequest"];
export type Rhythm = ReviewSchedule["every"];
export type Member = Schemas["Member"];

const SCHEDULES = "/api/v1/review-schedules";
const SCHEDULE = "/api/v1/review-schedules/{id}";
const of = (id: number) => ({ params: { path: { id } } });
/** While an alarm is on its way, and while all is quiet. */
const BUSY_MS = 1500;
const QUIET_MS = 60_000;

const isOnItsWay = ({ alarms, told_at, mails }: Review): boolean =>
  alarms.length > 0 && (!told_at || mails.some(({ state }) => state === "waiting"));

export function useReviews(teamId: number) {
  return useInfiniteQuery({
    queryKey: ["reviews", "of", teamId],
    queryFn: ({ pageParam }) =>
      pageParam === null
        ? get<Page<Review>>("reviews", { team: teamId, page_size: 10 })
        : get<Page<Review>>(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ results }) => results.some(isOnItsWay)) ? BUSY_MS : QUIET_MS,
  });
}

/** The one a mail leads to. */
export function useReview(id: number | null) {
  return useQuery({
    queryKey: ["reviews", "one", id],
    queryFn: () => answer<Review>(client.GET("/api/v1/reviews/{id}", of(id as number))),
    enabled: id !== null,
  });
}

export function useReviewTrend(teamId: number) {
  return useQuery({
    queryKey: ["reviews", "trend", teamId],
    queryFn: () =>
      answer<ReviewTrend>(
        client.GET("/api/v1/reviews/trend", { params: { query: { team: teamId } } }),
      ),
  });
}

export function useHoldReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (team_id: number) =>
      answer<Review>(client.POST("/api/v1/reviews", { body: { team_id } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["reviews"] }),
  });
}

export function useReviewSchedules() {
  return useQuery({
    queryKey: ["review-schedules"],
    queryFn: () => answer<ReviewSchedule[]>(client.GET(SCHEDULES)),
  });
}

export function useReviewScheduleWrites() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["review-schedules"] });
  return {
    create: useMutation({
      mutationFn: (body: NewReviewSchedule) =>
        answer<ReviewSchedule>(client.POST(SCHEDULES, { body })),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: { id: number } & Omit<NewReviewSchedule, "team_id">) =>
        answer<ReviewSchedule>(client.PATCH(SCHEDULE, { ...of(id), body })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: number) => answer<void>(client.DELETE(SCHEDULE, of(id))),
      onSuccess,
    }),
  };
}

export function useMembers() {
  return useQuery({
    queryKey: ["members"],
    queryFn: () => answer<Member[]>(client.GET("/api/v1/members")),
  });
}
