/** What may be waiting for somebody: where it is listed, who is told of it, and the list that is behind the number. */

import {
  listCertificateReviews,
  listConversions,
  listCorrections,
  listExamPlans,
  listFeedback,
  listImports,
  listOutcomes,
  listOverdueExamTasks,
  listParticipations,
  listQuarantinedResults,
  listReissues,
  listResultObjections,
  listResultUploads,
} from "@/api/staff/sdk.gen.ts";

interface Page {
  items: unknown[];
  next_page_token?: string | null;
}

export interface Work {
  name:
    | "tasks"
    | "quarantine"
    | "objections"
    | "uploads"
    | "conversions"
    | "corrections"
    | "imports"
    | "reviews"
    | "feedback"
    | "feedbackDue"
    | "participations"
    | "outcomes"
    | "outcomesVerified"
    | "outcomesFlagged"
    | "conversionsFlagged"
    | "reissues";
  needs: string;
  to: string;
  search: Record<string, string>;
  read: (signal: AbortSignal) => Promise<Page>;
}

const query = { page_size: 100 } as const;
const ask = { throwOnError: true } as const;

/** What is listed plan by plan, for all plans that have results. */
async function ofEveryPlan(signal: AbortSignal, read: (planId: string) => Promise<unknown[]>): Promise<Page> {
  const { data } = await listExamPlans({ ...ask, signal, query });
  const lists = await Promise.all(data.items.filter((it) => it.results > 0).map((it) => read(it.id)));
  return { items: lists.flat() };
}

export const WORK: readonly Work[] = [
  {
    name: "tasks",
    needs: "exam_plans:read",
    to: "/exam-plans",
    search: { view: "tasks" },
    read: async (signal) => (await listOverdueExamTasks({ ...ask, signal, query })).data,
  },
  {
    name: "quarantine",
    needs: "quarantine:read",
    to: "/quarantine",
    search: {},
    read: (signal) =>
      ofEveryPlan(signal, async (exam_plan_id) => {
        const { data } = await listQuarantinedResults({ ...ask, signal, query: { ...query, exam_plan_id } });
        return data.items;
      }),
  },
  {
    name: "objections",
    needs: "result_objections:read",
    to: "/result-objections",
    search: { state: "raised" },
    read: (signal) =>
      ofEveryPlan(signal, async (exam_plan_id) => {
        const asked = { ...query, exam_plan_id, state: "raised" } as const;
        return (await listResultObjections({ ...ask, signal, query: asked })).data.items;
      }),
  },
  {
    name: "uploads",
    needs: "result_uploads:read",
    to: "/result-uploads",
    search: { state: "waiting" },
    read: async (signal) => (await listResultUploads({ ...ask, signal, query: { ...query, state: "waiting" } })).data,
  },
  {
    name: "conversions",
    needs: "conversions:read",
    to: "/conversions",
    search: { state: "requested" },
    read: async (signal) => (await listConversions({ ...ask, signal, query: { ...query, state: "requested" } })).data,
  },
  {
    name: "corrections",
    needs: "corrections:read",
    to: "/corrections",
    search: { state: "proposed" },
    read: async (signal) => (await listCorrections({ ...ask, signal, query: { ...query, state: "proposed" } })).data,
  },
  {
    name: "imports",
    needs: "imports:read",
    to: "/imports",
    search: {},
    read: async (signal) => {
      const { items } = (await listImports({ ...ask, signal, query })).data;
      return { items: items.filter((it) => it.state === "previewed") };
    },
  },
  {
    name: "reviews",
    needs: "reviews:read",
    to: "/reviews",
    search: { state: "under_review" },
    read: async (signal) =>
      (await listCertificateReviews({ ...ask, signal, query: { ...query, state: "under_review" } })).data,
  },
  {
    name: "feedback",
    needs: "feedback:settle",
    to: "/feedback",
    search: { state: "answered" },
    read: async (signal) => (await listFeedback({ ...ask, signal, query: { ...query, state: "answered" } })).data,
  },
  {
    name: "feedbackDue",
    needs: "feedback:read",
    to: "/feedback",
    search: { overdue: "true" },
    read: async (signal) => (await listFeedback({ ...ask, signal, query: { ...query, overdue: true } })).data,
  },
  {
    name: "participations",
    needs: "participations:read",
    to: "/participations",
    search: { state: "asked" },
    read: async (signal) => (await listParticipations({ ...ask, signal, query: { ...query, state: "asked" } })).data,
  },
  {
    name: "outcomes",
    needs: "outcomes:verify",
    to: "/outcomes",
    search: { state: "submitted" },
    read: async (signal) => (await listOutcomes({ ...ask, signal, query: { ...query, state: "submitted" } })).data,
  },
  {
    name: "outcomesVerified",
    needs: "outcomes:recognise",
    to: "/outcomes",
    search: { state: "verified" },
    read: async (signal) => (await listOutcomes({ ...ask, signal, query: { ...query, state: "verified" } })).data,
  },
  {
    name: "outcomesFlagged",
    needs: "outcomes:settle",
    to: "/outcomes",
    search: { is_flagged: "true" },
    read: async (signal) => (await listOutcomes({ ...ask, signal, query: { ...query, is_flagged: true } })).data,
  },
  {
    name: "conversionsFlagged",
    needs: "conversions:settle",
    to: "/conversions",
    search: { is_flagged: "true" },
    read: async (signal) => (await listConversions({ ...ask, signal, query: { ...query, is_flagged: true } })).data,
  },
  {
    name: "reissues",
    needs: "awards:reissue",
    to: "/award-reissues",
    search: { state: "proposed" },
    read: async (signal) => (await listReissues({ ...ask, signal, query: { ...query, state: "proposed" } })).data,
  },
];
