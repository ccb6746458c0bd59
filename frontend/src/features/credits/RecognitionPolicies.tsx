import { useTranslation } from "react-i18next";
import { listRecognitionPoliciesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { RecognitionLineOut, RecognitionPolicyOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What counts beside certificates, line by line; the first line whose conditions hold decides. */
export function RecognitionPolicies() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="recognition-policies"
      label={t("creditPolicies.recognition")}
      options={(query) => listRecognitionPoliciesOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "version", title: field("version"), show: (it) => it.version },
        { key: "lines", title: t("creditPolicies.lines"), show: (it) => <Lines lines={it.lines} /> },
        { key: "limits", title: t("credits.limits"), show: (it) => <Limits policy={it} /> },
        { key: "on_loss", title: t("creditPolicies.onLoss"), show: (it) => word(it.on_loss) },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "at", title: t("creditPolicies.loadedAt"), show: (it) => instant(it.recorded_at) },
        { key: "by", title: t("creditPolicies.loadedBy"), show: (it) => <code>{it.loaded_by.slice(0, 8)}</code> },
      ]}
      empty={{ title: t("creditPolicies.noRecognition"), hint: t("creditPolicies.noRecognitionHint") }}
    />
  );
}

function Lines({ lines }: { lines: RecognitionLineOut[] }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const conditionsOf = (it: RecognitionLineOut): string =>
    [
      word(`evidence_${it.evidence}`),
      it.course_id && t("creditPolicies.oneCourse"),
      it.least_grade && t("creditPolicies.atLeast", { grade: it.least_grade }),
      it.issuer,
      it.least_hours && t("creditPolicies.hours", { hours: it.least_hours }),
    ]
      .filter(Boolean)
      .join("，");
  return (
    <ol className="plain">
      {lines.map((it) => (
        <li key={it.number}>
          {t("creditPolicies.line", { kind: word(it.kind), conditions: conditionsOf(it), credit: it.credit })}
        </li>
      ))}
    </ol>
  );
}

function Limits({ policy }: { policy: RecognitionPolicyOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  if (policy.limits.length === 0) return "—";
  return policy.limits
    .map((it) =>
      t("creditPolicies.limit", { kind: it.kind ? word(it.kind) : t("creditPolicies.allKinds"), credit: it.credit }),
    )
    .join("；");
}
