/** The kinds of events; the compiler refuses a list that lacks one. */

import { useTranslation } from "react-i18next";
import type { EventKind } from "@/api/staff/types.gen.ts";
import type people from "@/messages/zh/staff-people.ts";

type Word = keyof typeof people.events;

const WORDS: Record<EventKind, Word> = {
  "site_level.changed": "siteLevel",
  "exam_plan.announced": "planAnnounced",
  "exam_plan.extended": "planExtended",
  "exam_plan.cancelled": "planCancelled",
  "exam_sitting.arranged": "sittingArranged",
  "exam_sitting.cancelled": "sittingCancelled",
  "registrations.accepted": "registrationsAccepted",
  "registrations.locked": "registrationsLocked",
  "registrations.withdrawn": "registrationsWithdrawn",
  "result_batch.taken_in": "batchTaken",
  "result.questioned": "resultQuestioned",
  "result.released": "resultReleased",
  "result.rejected": "resultRejected",
  "result_objection.raised": "objectionRaised",
  "result_objection.decided": "objectionDecided",
  "result_objection.withdrawn": "objectionWithdrawn",
  "awards.issued": "awardsIssued",
  "awards.revoked": "awardsRevoked",
  "corrections.done": "corrections",
  "mapping.agreed": "mappingAgreed",
  "mapping.reopened": "mappingReopened",
  "mapping.published": "mappingPublished",
  "mapping.withdrawn": "mappingWithdrawn",
  "fee_standard.changed": "feeChanged",
  "fee_standards.suspended": "feesSuspended",
  "conversions.awaiting": "conversionsAwaiting",
  "conversions.granted": "conversionsGranted",
  "conversions.flagged": "conversionsFlagged",
  "conversions.ended": "conversionsEnded",
  "feedback.sent": "feedbackSent",
  "feedback.reopened": "feedbackReopened",
  "feedback.answered": "feedbackAnswered",
  "feedback.closed": "feedbackClosed",
  "client_key.revoked": "keyRevoked",
  "webhook_endpoint.disabled": "endpointDisabled",
  "exam_incident.reported": "incidentReported",
  "exam_incident.decided": "incidentDecided",
  "settlement.changed": "settlementChanged",
  "test.sent": "test",
};

export const KINDS = Object.keys(WORDS) as EventKind[];

/** What happened, in words; a kind the API adds later is shown as it is written. */
export function useEventWord(): (kind: string) => string {
  const { t } = useTranslation("staff");
  return (kind) => {
    const name = (WORDS as Record<string, Word | undefined>)[kind];
    return name ? t(`events.${name}`) : kind;
  };
}
