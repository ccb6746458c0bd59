/** What may be done with a settlement, and what each will mean for both sides. */

import { useTranslation } from "react-i18next";
import {
  agreeSettlement,
  disputeSettlement,
  proposeSettlement,
  recomputeSettlement,
  settleSettlement,
} from "@/api/staff/sdk.gen.ts";
import type { SettlementDetailOut } from "@/api/staff/types.gen.ts";
import { today, yuan } from "@/lib/format.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";

export function useSettlementDeeds(settlement: SettlementDetailOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { settlement_id: settlement.id }, throwOnError: true } as const;
  const due = yuan(settlement.due_fen);
  return {
    propose: {
      label: t("settlements.propose"),
      consequence: t("settlements.proposeSays", { organisation: settlement.organisation_name }),
      run: () => proposeSettlement(to),
    },
    agree: {
      consequence: t("settlements.agreeSays", { due, hash: settlement.content_hash.slice(0, 12) }),
      run: () => agreeSettlement({ ...to, body: { content_hash: settlement.content_hash } }),
    },
    settle: {
      label: t("settlements.settle"),
      consequence: t("settlements.settleSays", { due }),
      fields: [
        { name: "document_number", label: t("settlements.payment") },
        { name: "paid_on", label: t("settlements.paidOn"), type: "date", initial: today() },
      ],
      run: (it) =>
        settleSettlement({
          ...to,
          body: { document_number: it.document_number ?? "", paid_on: it.paid_on ?? "" },
        }),
    },
    recompute: {
      label: t("settlements.recompute"),
      consequence: t("settlements.recomputeSays"),
      run: () => recomputeSettlement(to),
    },
    dispute: {
      label: t("settlements.dispute"),
      consequence: t("settlements.disputeSays"),
      isDanger: true,
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (it) => disputeSettlement({ ...to, body: { reason: it.reason ?? "" } }),
    },
  };
}
