import { App } from "antd";
import { useTranslation } from "react-i18next";
import { listFeeCeilingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { issueFeeCeiling, issueFeeCeilings } from "@/api/staff/sdk.gen.ts";
import type { ExamForm, Level, SuspendedStandardOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { today, yuan } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { fenOf } from "@/lib/money.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { LoadTable } from "@/ui/staff/LoadTable.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { FORMS, useLevelNumbers } from "./names.ts";

/** What an assessment may cost at most, by which document, from when until when. */
export function Ceilings() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <>
      <PageHead title={t("menu.feeCeilings")} hint={t("fees.ceilingsHint")}>
        {may("fee_ceilings:issue") && <Issue />}
      </PageHead>
      <List
        name="fee-ceilings"
        label={t("menu.feeCeilings")}
        options={(query) => listFeeCeilingsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "exam_form", label: field("exam_form"), options: useOptions(FORMS) },
          { name: "level", label: field("level"), options: useLevelNumbers() },
          { name: "in_force_on", label: t("fees.inForceOn"), type: "date" },
        ]}
        columns={[
          { key: "form", title: field("exam_form"), show: (it) => word(it.exam_form) },
          {
            key: "level",
            title: field("level"),
            show: (it) => (it.level ? word(`level_${it.level}`) : t("fees.everyLevel")),
          },
          { key: "category", title: field("category"), show: (it) => it.category ?? t("fees.everyCategory") },
          { key: "amount", title: t("fees.ceiling"), show: (it) => yuan(it.amount_fen), isNumber: true },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "body", title: t("fees.issuingBody"), show: (it) => it.issuing_body },
          { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
          { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? "—" },
        ]}
        empty={{ title: t("fees.noCeilings"), hint: t("fees.noCeilingsHint") }}
      />
      {may("fee_ceilings:issue") && <LoadCeilings />}
    </>
  );
}

/** Says which fees a lower ceiling has put out of force. */
function useSuspended(): (suspended: readonly SuspendedStandardOut[]) => void {
  const { t } = useTranslation("staff");
  const { modal } = App.useApp();
  return (suspended) => {
    if (suspended.length === 0) return;
    modal.warning({
      title: t("fees.suspended", { count: suspended.length }),
      content: suspended.map((it) => `${yuan(it.fee_fen)} · ${it.ended_on ?? "—"}`).join("；"),
    });
  };
}

function Issue() {
  const { t } = useTranslation("staff");
  const field = useField();
  const keyFor = useIdempotency();
  const tellSuspended = useSuspended();
  const forms = useOptions(FORMS);
  const levels = useLevelNumbers();
  const issue = async (it: Values): Promise<void> => {
    const body = {
      exam_form: it.exam_form as ExamForm,
      level: (it.level || null) as Level | null,
      category: it.category || null,
      amount_fen: fenOf(it.amount_fen),
      document_number: it.document_number ?? "",
      issuing_body: it.issuing_body ?? "",
      effective_from: it.effective_from ?? "",
      effective_to: it.effective_to || null,
    };
    const { data } = await issueFeeCeiling({ body, headers: keyFor(body), throwOnError: true });
    tellSuspended(data.suspended_standards);
  };
  return (
    <Deeds
      allowed={["issue"]}
      deeds={{
        issue: {
          label: t("fees.issue"),
          consequence: t("fees.issueSays"),
          fields: [
            { name: "exam_form", label: field("exam_form"), options: forms },
            { name: "level", label: field("level"), options: levels, isOptional: true, hint: t("fees.levelHint") },
            { name: "category", label: field("category"), isOptional: true, hint: t("fees.categoryHint") },
            { name: "amount_fen", label: t("fees.ceilingYuan"), type: "money" },
            { name: "document_number", label: field("document_number") },
            { name: "issuing_body", label: t("fees.issuingBody") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
            {
              name: "effective_to",
              label: field("effective_to"),
              type: "date",
              isOptional: true,
              hint: t("fees.effectiveToHint"),
            },
          ],
          run: issue,
        },
      }}
    />
  );
}

function LoadCeilings() {
  const { t } = useTranslation("staff");
  const tellSuspended = useSuspended();
  return (
    <LoadTable
      title={t("fees.loadCeilings")}
      hint={t("fees.loadCeilingsHint")}
      template={{ path: "/v1/fee-ceiling-template", file: "fee-ceilings.xlsx" }}
      send={async (table, validate_only) =>
        (await issueFeeCeilings({ ...table, query: { validate_only }, throwOnError: true })).data
      }
      preview={(it) => t("fees.loadCeilingsSays", { count: it.suspended_standards.length })}
      onLoaded={(it) => tellSuspended(it.suspended_standards)}
    />
  );
}
