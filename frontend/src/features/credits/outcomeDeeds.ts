/** What may be decided of submitted outcomes, of one or of many; the API decides all or none. */

import { useTranslation } from "react-i18next";
import {
  recogniseOutcomes,
  refuseOutcomes,
  settleOutcomes,
  verifyOutcomes,
  withdrawOutcomes,
} from "@/api/staff/sdk.gen.ts";
import type { SubmissionOut } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";

type Decide = (deed: string, values: Values) => Promise<unknown>;

function useDecide(rows: readonly SubmissionOut[]): Decide {
  const keyFor = useIdempotency();
  const outcome_ids = rows.map((it) => it.id);
  return (deed, values) => {
    const reason = values.reason ?? "";
    const document_number = values.document_number ?? "";
    const ask = { headers: keyFor([deed, outcome_ids, values]), throwOnError: true } as const;
    const end = { outcome_ids, reason, document_number: document_number || null };
    switch (deed) {
      case "verify":
        return verifyOutcomes({ ...ask, body: { outcome_ids } });
      case "recognise": {
        // The policy says how much; only for a single one somebody may grant less.
        const outcomes = outcome_ids.map((outcome_id) => ({ outcome_id, credit: values.credit || null }));
        return recogniseOutcomes({ ...ask, body: { outcomes, reason, document_number } });
      }
      case "refuse":
        return refuseOutcomes({ ...ask, body: end });
      case "withdraw":
        return withdrawOutcomes({ ...ask, body: end });
      default:
        return settleOutcomes({ ...ask, body: { outcome_ids, reason, document_number, is_kept: deed === "keep" } });
    }
  };
}

export function useOutcomeDeeds(rows: readonly SubmissionOut[], done?: () => void): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const decide = useDecide(rows);
  const count = rows.length;
  const reason: Field = { name: "reason", label: field("reason"), type: "long" };
  const document: Field = { name: "document_number", label: field("document_number") };
  const credit: Field = {
    name: "credit",
    label: field("credits"),
    isOptional: true,
    hint: t("outcomes.creditHint"),
  };
  const deed = (name: string, fields: readonly Field[], consequence: string, isDanger = false): Deed => ({
    consequence,
    fields,
    isDanger,
    run: async (values) => {
      await decide(name, values);
      done?.();
    },
  });
  return {
    verify: deed("verify", [], t("outcomes.verifySays", { count })),
    recognise: deed(
      "recognise",
      count === 1 ? [credit, document, reason] : [document, reason],
      t("outcomes.recogniseSays", { count }),
    ),
    refuse: deed("refuse", [reason, { ...document, isOptional: true }], t("outcomes.refuseSays", { count }), true),
    withdraw: deed("withdraw", [reason], t("outcomes.withdrawSays", { count }), true),
    keep: deed("keep", [document, reason], t("outcomes.keepSays", { count })),
    reverse: deed("reverse", [document, reason], t("outcomes.reverseSays", { count }), true),
  };
}
