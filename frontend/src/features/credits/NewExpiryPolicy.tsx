import { useState } from "react";
import { useTranslation } from "react-i18next";
import { loadExpiryPolicy } from "@/api/staff/sdk.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { Rows } from "@/ui/staff/Rows.tsx";
import { PolicyForm } from "./PolicyForm.tsx";

const TERM: Values = { kind: "certificate", validity_months: "", notice_days: "30" };

/** How long credits last, by kind; without a term nothing runs out. */
export function NewExpiryPolicy() {
  const { t } = useTranslation("staff");
  const keyFor = useIdempotency();
  const [terms, setTerms] = useState<Values[]>([TERM]);
  const load = (values: Values): Promise<unknown> => {
    const body = {
      terms: terms.map((it) => ({
        kind: it.kind ?? "",
        validity_months: Number(it.validity_months),
        notice_days: Number(it.notice_days),
      })),
      document_number: values.document_number ?? "",
      effective_from: values.effective_from ?? "",
    };
    return loadExpiryPolicy({ body, headers: keyFor(body), throwOnError: true });
  };
  return (
    <PolicyForm
      title={t("creditPolicies.newExpiry")}
      hint={t("creditPolicies.expiryHint")}
      consequence={terms.length === 0 ? t("creditPolicies.loadNeverSays") : t("creditPolicies.loadExpirySays")}
      canLoad
      load={load}
      view="expiry"
    >
      <Rows
        legend={t("creditPolicies.terms")}
        add={t("creditPolicies.addTerm")}
        fresh={TERM}
        rows={terms}
        onChange={setTerms}
        fields={[
          { name: "kind", label: t("creditPolicies.kind") },
          { name: "validity_months", label: t("creditPolicies.months"), type: "number" },
          { name: "notice_days", label: t("creditPolicies.noticeDays"), type: "number" },
        ]}
      />
      {terms.length === 0 && <p className="muted">{t("creditPolicies.never")}</p>}
    </PolicyForm>
  );
}
