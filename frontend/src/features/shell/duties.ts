/** What else may be waiting: money, rules, reports, sites, the platform; each where it is listed. */

import {
  countBulletins,
  countMessages,
  findExamIncidents,
  findExamSittings,
  getLatestGuaranteeForecast,
  listAssessmentSites,
  listCharges,
  listCollegeAssessments,
  listCostSheets,
  listFeedback,
  listFeeStandards,
  listJobs,
  listJointExams,
  listMappings,
  listNumberClashes,
  listPaymentCallbacks,
  listProgrammeReturns,
  listSettlements,
  listSupervisionFindings,
  listTypicalCases,
} from "@/api/staff/sdk.gen.ts";
import type {
  CollegeAssessmentState,
  CostSheetState,
  FeeStandardState,
  FindingState,
  MappingState,
  SettlementState,
} from "@/api/staff/types.gen.ts";
import { problemOf } from "@/lib/problems.ts";
import type { TodoName } from "@/ui/staff/fields.ts";

export interface Duty {
  name: TodoName;
  needs: string;
  to: string;
  search: Record<string, string>;
  read: (signal: AbortSignal) => Promise<Waiting>;
}

/** How many wait; null where nothing can be said yet. */
export interface Waiting {
  count: number | null;
  hasMore: boolean;
  /** The first that comes: when and where. */
  next?: { at: string; site: string };
}

const query = { page_size: 100 } as const;
const ask = { throwOnError: true } as const;

async function counted(
  page: Promise<{ data: { items: unknown[]; next_page_token: string | null } }>,
): Promise<Waiting> {
  const { items, next_page_token } = (await page).data;
  return { count: items.length, hasMore: next_page_token !== null };
}

async function atRisk(signal: AbortSignal): Promise<Waiting> {
  try {
    const { data } = await getLatestGuaranteeForecast({ ...ask, signal });
    return { count: data.colleges.reduce((sum, it) => sum + it.at_risk, 0), hasMore: false };
  } catch (refusal) {
    if (problemOf(refusal).code === "no_forecast") return { count: null, hasMore: false };
    throw refusal;
  }
}

async function ownSittings(signal: AbortSignal): Promise<Waiting> {
  const { data } = await findExamSittings({ ...ask, signal, query: { ...query, is_mine: true, is_coming: true } });
  const [first] = data.items;
  const next = first && { at: first.starts_at, site: first.site_name };
  return { count: data.items.length, hasMore: data.next_page_token !== null, ...(next && { next }) };
}

const settlements = (name: Duty["name"], needs: string, state: SettlementState): Duty => ({
  name,
  needs,
  to: "/settlements",
  search: { state },
  read: (signal) => counted(listSettlements({ ...ask, signal, query: { ...query, state } })),
});
const fees = (name: Duty["name"], needs: string, state: FeeStandardState): Duty => ({
  name,
  needs,
  to: "/fee-standards",
  search: { state },
  read: (signal) => counted(listFeeStandards({ ...ask, signal, query: { ...query, state } })),
});
const costs = (name: Duty["name"], needs: string, state: CostSheetState): Duty => ({
  name,
  needs,
  to: "/cost-sheets",
  search: { state },
  read: (signal) => counted(listCostSheets({ ...ask, signal, query: { ...query, state } })),
});
const rules = (name: Duty["name"], needs: string, state: MappingState): Duty => ({
  name,
  needs,
  to: "/mappings",
  search: { state },
  read: (signal) => counted(listMappings({ ...ask, signal, query: { ...query, state } })),
});
const assessments = (name: Duty["name"], needs: string, state: CollegeAssessmentState): Duty => ({
  name,
  needs,
  to: "/college-assessments",
  search: { state },
  read: (signal) => counted(listCollegeAssessments({ ...ask, signal, query: { ...query, state } })),
});
const findings = (name: Duty["name"], needs: string, state: FindingState): Duty => ({
  name,
  needs,
  to: "/supervision-findings",
  search: { state },
  read: (signal) => counted(listSupervisionFindings({ ...ask, signal, query: { ...query, state } })),
});

export const DUTIES: readonly Duty[] = [
  {
    name: "ownSittings",
    needs: "own_teacher:read",
    to: "/own-sittings",
    search: { is_coming: "true" },
    read: ownSittings,
  },
  {
    name: "guarantees",
    needs: "guarantee_forecasts:read",
    to: "/guarantee-forecast",
    search: {},
    read: atRisk,
  },
  rules("mappingsAgree", "mappings:agree", "draft"),
  rules("mappingsApprove", "mappings:approve", "agreed"),
  {
    name: "sites",
    needs: "sites:decide",
    to: "/sites",
    search: { state: "applied" },
    read: (signal) => counted(listAssessmentSites({ ...ask, signal, query: { ...query, state: "applied" } })),
  },
  {
    name: "feedbackAnswer",
    needs: "feedback:answer",
    to: "/feedback",
    search: { state: "sent" },
    read: (signal) => counted(listFeedback({ ...ask, signal, query: { ...query, state: "sent" } })),
  },
  {
    name: "returnsLate",
    needs: "programme_returns:read",
    to: "/programme-returns",
    search: { is_late: "true" },
    read: (signal) => counted(listProgrammeReturns({ ...ask, signal, query: { ...query, is_late: true } })),
  },
  {
    name: "returnsDue",
    needs: "programme_returns:fill",
    to: "/programme-returns",
    search: { state: "draft" },
    read: (signal) => counted(listProgrammeReturns({ ...ask, signal, query: { ...query, state: "draft" } })),
  },
  {
    name: "returnsAccept",
    needs: "programme_returns:accept",
    to: "/programme-returns",
    search: { state: "submitted" },
    read: (signal) => counted(listProgrammeReturns({ ...ask, signal, query: { ...query, state: "submitted" } })),
  },
  costs("costSheets", "cost_sheets:decide", "submitted"),
  costs("costSheetsReturned", "cost_sheets:draw_up", "returned"),
  fees("feesAgree", "fee_standards:agree", "proposed"),
  fees("feesApprove", "fee_standards:approve", "agreed"),
  fees("feesPublish", "fee_standards:publish", "approved"),
  settlements("settlementsAgree", "settlements:agree", "proposed"),
  settlements("settlementsDisputed", "settlements:prepare", "disputed"),
  settlements("settlementsPay", "settlements:pay", "agreed"),
  {
    name: "callbacks",
    needs: "payments:confirm",
    to: "/payment-callbacks",
    search: { is_waiting: "true" },
    read: (signal) => counted(listPaymentCallbacks({ ...ask, signal, query: { ...query, is_waiting: true } })),
  },
  {
    name: "vouchers",
    needs: "payments:confirm",
    to: "/charges",
    search: { has_waiting_voucher: "true" },
    read: (signal) => counted(listCharges({ ...ask, signal, query: { ...query, has_waiting_voucher: true } })),
  },
  {
    name: "incidents",
    needs: "exam_incidents:decide",
    to: "/exam-incidents",
    search: { state: "reported" },
    read: (signal) => counted(findExamIncidents({ ...ask, signal, query: { ...query, state: "reported" } })),
  },
  assessments("assessmentsFill", "college_assessments:fill", "open"),
  assessments("assessmentsReturned", "college_assessments:fill", "returned"),
  assessments("assessmentsReview", "college_assessments:decide", "self_assessed"),
  findings("findingsPlan", "supervision_findings:plan", "raised"),
  findings("findingsReturned", "supervision_findings:finish", "returned"),
  findings("findingsCheck", "supervision_findings:check", "done"),
  {
    name: "joint",
    needs: "joint_exams:read",
    to: "/joint-exams",
    search: {},
    read: (signal) => counted(listJointExams({ ...ask, signal, query })),
  },
  {
    name: "failedJobs",
    needs: "jobs:retry",
    to: "/jobs",
    search: { state: "failed" },
    read: (signal) => counted(listJobs({ ...ask, signal, query: { ...query, state: "failed" } })),
  },
  {
    name: "clashes",
    needs: "number_clashes:read",
    to: "/number-clashes",
    search: {},
    read: (signal) => counted(listNumberClashes({ ...ask, signal, query })),
  },
  {
    name: "cases",
    needs: "typical_cases:decide",
    to: "/typical-cases",
    search: { state: "submitted" },
    read: (signal) => counted(listTypicalCases({ ...ask, signal, query: { ...query, state: "submitted" } })),
  },
  {
    name: "bulletins",
    needs: "bulletins:read",
    to: "/bulletins",
    search: { is_unread: "true" },
    read: async (signal) => ({ count: (await countBulletins({ ...ask, signal })).data.unread, hasMore: false }),
  },
  {
    name: "messages",
    needs: "messages:read",
    to: "/inbox",
    search: { is_unread: "true" },
    read: async (signal) => ({ count: (await countMessages({ ...ask, signal })).data.unread, hasMore: false }),
  },
];
