/** What may be decided of conversions, of one or of many; the API decides each by its own rules, all or none. */

import { useTranslation } from "react-i18next";
import {
  agreeConversions,
  approveConversions,
  confirmConversions,
  recordBankAnswer,
  refuseConversions,
  settleConversions,
  withdrawConversions,
} from "@/api/staff/sdk.gen.ts";
import type { ConversionOut } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { today } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";

type Decide = (deed: string, rows: readonly ConversionOut[], values: Values) => Promise<unknown>;

/** An organisation works across institutions and names the one it decides for; everybody else has one. */
function byInstitution(rows: readonly ConversionOut[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.institution_id, [...(found.get(row.institution_id) ?? []), row.id]);
  return found;
}

function useDecide(): Decide {
  const keyFor = useIdempotency();
  const me = useMe();
  return async (deed, rows, values) => {
    for (const [institution_id, conversion_ids] of byInstitution(rows)) {
      const of = me.institution_id ? { conversion_ids } : { conversion_ids, institution_id };
      const reason = values.reason ?? "";
      const document_number = values.document_number ?? "";
      const ask = { headers: keyFor([deed, of, values]), throwOnError: true } as const;
      if (deed === "agree") await agreeConversions({ ...ask, body: of });
      else if (deed === "approve") await approveConversions({ ...ask, body: of });
      else if (deed === "confirm") await confirmConversions({ ...ask, body: of });
      else if (deed === "record")
        await recordBankAnswer({ ...ask, body: { ...of, document_number, answered_on: values.answered_on ?? "" } });
      else if (deed === "refuse") await refuseConversions({ ...ask, body: { ...of, reason } });
      else if (deed === "withdraw") await withdrawConversions({ ...ask, body: { conversion_ids, reason } });
      else
        await settleConversions({
          ...ask,
          body: { conversion_ids, reason, document_number, is_kept: deed === "keep" },
        });
    }
  };
}

export function useConversionDeeds(rows: readonly ConversionOut[], done?: () => void): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const decide = useDecide();
  const count = rows.length;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const document = { name: "document_number", label: field("document_number") } as const;
  const run = (deed: string) => async (values: Values) => {
    await decide(deed, rows, values);
    done?.();
  };
  return {
    agree: { consequence: t("credits.agreeSays", { count }), run: run("agree") },
    approve: { consequence: t("credits.approveSays", { count }), run: run("approve") },
    confirm: { consequence: t("credits.confirmSays", { count }), run: run("confirm") },
    record: {
      consequence: t("credits.recordSays"),
      fields: [document, { name: "answered_on", label: field("answered_on"), type: "date", initial: today() }],
      run: run("record"),
    },
    refuse: {
      consequence: t("credits.refuseSays", { count }),
      isDanger: true,
      fields: [reason],
      run: run("refuse"),
    },
    withdraw: { consequence: t("credits.withdrawSays"), isDanger: true, fields: [reason], run: run("withdraw") },
    keep: { consequence: t("convert.keepSays", { count }), fields: [reason, document], run: run("keep") },
    unwind: {
      consequence: t("convert.unwindSays", { count }),
      isDanger: true,
      fields: [reason, document],
      run: run("unwind"),
    },
  };
}
