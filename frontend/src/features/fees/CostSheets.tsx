import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listCostSheetsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { drawUpCostSheet } from "@/api/staff/sdk.gen.ts";
import type { ExamForm } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { yuan } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useColleges, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { FORMS, thisYear } from "./names.ts";

const STATES = ["draft", "submitted", "returned", "accepted", "superseded"];

/** What an assessment costs for a candidate, as colleges reckon it and the office accepts it. */
export function CostSheets() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const colleges = useColleges();
  return (
    <>
      <PageHead title={t("menu.costSheets")} hint={t("fees.sheetsHint")}>
        <DrawUp />
      </PageHead>
      <List
        name="cost-sheets"
        label={t("menu.costSheets")}
        options={(query) => listCostSheetsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/cost-sheets/${it.id}`}
        filters={[
          { name: "year", label: t("fees.year"), type: "number" },
          { name: "college_id", label: field("college"), options: colleges },
          { name: "certificate_level_id", label: field("certificate"), options: levels },
          { name: "exam_form", label: field("exam_form"), options: useOptions(FORMS) },
          { name: "state", label: field("state"), options: useOptions(STATES) },
        ]}
        columns={[
          { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
          { key: "year", title: t("fees.year"), show: (it) => it.year },
          { key: "version", title: field("version"), show: (it) => it.version },
          { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) },
          { key: "form", title: field("exam_form"), show: (it) => word(it.exam_form) },
          { key: "candidates", title: field("candidates"), show: (it) => it.candidates, isNumber: true },
          { key: "cash", title: t("fees.cashEach"), show: (it) => yuan(it.cash_fen), isNumber: true },
          { key: "in_kind", title: t("fees.inKindEach"), show: (it) => yuan(it.in_kind_fen), isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("fees.noSheets"), hint: t("fees.noSheetsHint"), action: <DrawUp /> }}
      />
    </>
  );
}

function DrawUp() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const colleges = useColleges();
  const levels = useLevels();
  const forms = useOptions(FORMS);
  const drawUp = async (it: Values): Promise<void> => {
    const { data } = await drawUpCostSheet({
      body: {
        college_id: it.college_id ?? "",
        certificate_level_id: it.certificate_level_id ?? "",
        exam_form: it.exam_form as ExamForm,
        year: Number(it.year),
        candidates: Number(it.candidates),
        machine_marked: it.machine_marked === "on",
      },
      throwOnError: true,
    });
    await navigate({ to: `/cost-sheets/${data.id}` as never });
  };
  return (
    <Deeds
      allowed={may("cost_sheets:draw_up") ? ["draw_up"] : []}
      deeds={{
        draw_up: {
          label: t("fees.drawUp"),
          consequence: t("fees.drawUpSays"),
          fields: [
            { name: "college_id", label: field("college"), options: colleges },
            { name: "certificate_level_id", label: field("certificate"), options: levels },
            { name: "exam_form", label: field("exam_form"), options: forms },
            { name: "year", label: t("fees.year"), type: "number", initial: thisYear() },
            { name: "candidates", label: t("fees.reckonedFor"), type: "number", hint: t("fees.reckonedForHint") },
            { name: "machine_marked", label: t("fees.machineMarked"), type: "check" },
          ],
          run: drawUp,
        },
      }}
    />
  );
}
