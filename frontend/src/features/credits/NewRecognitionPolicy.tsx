import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadRecognitionPolicy } from "@/api/staff/sdk.gen.ts";
import type { EvidenceKind, OnLoss } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useOptions } from "@/ui/staff/names.ts";
import { Rows } from "@/ui/staff/Rows.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { PolicyForm } from "./PolicyForm.tsx";

const LINE: Values = { kind: "", evidence: "document", credit: "" };

/** What is to be recognised beside certificates: lines with their conditions and credits, and limits over them. */
export function NewRecognitionPolicy() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const keyFor = useIdempotency();
  const [lines, setLines] = useState<Values[]>([LINE]);
  const [limits, setLimits] = useState<Values[]>([]);
  const [onLoss, setOnLoss] = useState<OnLoss>("flag");
  const courses = useQuery(listCoursesOptions({ query: { page_size: 100 } })).data?.items ?? [];
  const losses = useOptions(["flag", "unwind"]);
  const load = (values: Values): Promise<unknown> => {
    const body = {
      lines: lines.map((it) => ({
        kind: it.kind ?? "",
        evidence: it.evidence as EvidenceKind,
        credit: it.credit ?? "",
        course_id: it.course_id || null,
        least_grade: it.least_grade || null,
        issuer: it.issuer || null,
        least_hours: it.least_hours ? Number(it.least_hours) : null,
      })),
      limits: limits.map((it) => ({ kind: it.kind || null, credit: it.credit ?? "" })),
      on_loss: onLoss,
      document_number: values.document_number ?? "",
      effective_from: values.effective_from ?? "",
    };
    return loadRecognitionPolicy({ body, headers: keyFor(body), throwOnError: true });
  };
  return (
    <PolicyForm
      title={t("creditPolicies.newRecognition")}
      hint={t("creditPolicies.recognitionHint")}
      consequence={t("creditPolicies.loadRecognitionSays", { lines: lines.length, limits: limits.length })}
      canLoad={lines.length > 0}
      load={load}
      view="recognition"
    >
      <Rows
        legend={t("creditPolicies.lines")}
        add={t("creditPolicies.addLine")}
        fresh={LINE}
        rows={lines}
        onChange={setLines}
        fields={[
          { name: "kind", label: t("creditPolicies.kind") },
          {
            name: "evidence",
            label: t("creditPolicies.evidence"),
            options: (["grade", "document"] as const).map((it) => ({ value: it, label: word(`evidence_${it}`) })),
          },
          { name: "credit", label: field("credits"), type: "decimal" },
          {
            name: "course_id",
            label: field("course"),
            isOptional: true,
            options: courses.map((it) => ({ value: it.id, label: `${it.code} ${it.name}` })),
          },
          { name: "least_grade", label: t("convert.leastGrade"), isOptional: true },
          { name: "issuer", label: t("creditPolicies.issuer"), isOptional: true },
          { name: "least_hours", label: t("creditPolicies.leastHours"), type: "number", isOptional: true },
        ]}
      />
      <Rows
        legend={t("credits.limits")}
        add={t("creditPolicies.addLimit")}
        fresh={{ kind: "", credit: "" }}
        rows={limits}
        onChange={setLimits}
        fields={[
          { name: "kind", label: t("creditPolicies.limitKind"), isOptional: true },
          { name: "credit", label: field("credits"), type: "decimal" },
        ]}
      />
      <label className="field">
        <span>{t("creditPolicies.onLoss")}</span>
        <select value={onLoss} onChange={(event) => setOnLoss(event.target.value as OnLoss)}>
          {losses.map((it) => (
            <option key={it.value} value={it.value}>
              {it.label}
            </option>
          ))}
        </select>
      </label>
    </PolicyForm>
  );
}
