/** What may be done with a participation: each deed with what it needs and what follows from it. */

import { useTranslation } from "react-i18next";
import {
  approveParticipation,
  askParticipationAgain,
  changeParticipation,
  endParticipation,
  refuseParticipation,
  resumeParticipation,
} from "@/api/staff/sdk.gen.ts";
import type { ParticipationOut } from "@/api/staff/types.gen.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";

export function useParticipationDeeds(): (it: ParticipationOut) => Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const reason: Field = { name: "reason", label: field("reason"), type: "long" };
  const document: Field = { name: "decision_document", label: field("document_number") };
  const quota = (initial: number, hint?: string): Field => ({
    name: "quota",
    label: field("quota"),
    type: "number",
    initial: String(initial),
    ...(hint && { hint }),
  });
  const decided = (values: Values) => ({
    decision_document: values.decision_document ?? "",
    reason: values.reason ?? "",
  });
  return (it) => {
    const to = { path: { participation_id: it.id }, throwOnError: true } as const;
    const taken = t("asking.taken", { taken: it.taken });
    return {
      approve: {
        consequence: t("participations.approveSays"),
        fields: [quota(it.quota_asked), document],
        run: (values) =>
          approveParticipation({
            ...to,
            body: { quota: Number(values.quota), decision_document: values.decision_document ?? "" },
          }),
      },
      refuse: {
        consequence: t("participations.refuseSays"),
        isDanger: true,
        fields: [reason],
        run: (values) => refuseParticipation({ ...to, body: { reason: values.reason ?? "" } }),
      },
      ask_again: {
        consequence: t("asking.againSays"),
        fields: [
          { ...quota(it.quota_asked), label: t("asking.quotaAsked") },
          { ...reason, isOptional: true },
        ],
        run: (values) =>
          askParticipationAgain({
            ...to,
            body: { quota_asked: Number(values.quota), reason: values.reason || null },
          }),
      },
      change: {
        label: t("asking.changeQuota"),
        consequence: t("asking.changeSays"),
        fields: [quota(it.quota ?? it.quota_asked, taken), document, reason],
        run: (values) => changeParticipation({ ...to, body: { quota: Number(values.quota), ...decided(values) } }),
      },
      end: {
        label: t("asking.end"),
        consequence: t("asking.endSays", { taken: it.taken }),
        isDanger: true,
        fields: [document, reason],
        run: (values) => endParticipation({ ...to, body: decided(values) }),
      },
      resume: {
        label: t("asking.resume"),
        consequence: t("asking.resumeSays"),
        fields: [quota(it.quota ?? it.quota_asked, taken), document, reason],
        run: (values) => resumeParticipation({ ...to, body: { quota: Number(values.quota), ...decided(values) } }),
      },
    };
  };
}
