import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listCostSheetsOptions, listFeeStandardsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proposeFeeStandard } from "@/api/staff/sdk.gen.ts";
import type { ExamForm } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { share, today, yuan } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { fenOf } from "@/lib/money.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useInstitutions } from "@/ui/staff/institutions.ts";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { FORMS, useOwnLevels } from "./names.ts";
import { StandardsChart } from "./StandardsChart.tsx";

const STATES = ["proposed", "agreed", "approved", "published", "suspended", "superseded", "refused", "withdrawn"];

/** What an exam costs by agreement: every proposal with where it stands, and those in force beside their ceilings. */
export function Standards() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  const views = [
    ["list", t("fees.view.list")],
    ["chart", t("fees.view.chart")],
  ] as const;
  const view = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.feeStandards")} hint={t("fees.hint")}>
        <Views views={views} now={view} label={t("menu.feeStandards")} />
        <Propose />
      </PageHead>
      {view === "list" ? <StandardList /> : <StandardsChart />}
    </>
  );
}

function StandardList() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  return (
    <List
      name="fee-standards"
      label={t("menu.feeStandards")}
      options={(query) => listFeeStandardsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/fee-standards/${it.id}`}
      filters={[
        { name: "certificate_level_id", label: field("certificate"), options: levels },
        { name: "exam_form", label: field("exam_form"), options: useOptions(FORMS) },
        { name: "state", label: field("state"), options: useOptions(STATES) },
        { name: "in_force_on", label: t("fees.inForceOn"), type: "date" },
      ]}
      columns={[
        { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
        { key: "form", title: field("exam_form"), show: (it) => word(it.exam_form) },
        { key: "province", title: t("fees.province"), show: (it) => it.province },
        { key: "fee", title: t("fees.fee"), show: (it) => yuan(it.fee_fen), isNumber: true },
        { key: "ceiling", title: t("fees.ceiling"), show: (it) => yuan(it.ceiling_fen), isNumber: true },
        {
          key: "share",
          title: t("fees.share"),
          show: (it) => share(it.fee_fen, it.ceiling_fen).split(" ")[0],
          isNumber: true,
        },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "to", title: field("effective_to"), show: (it) => it.ended_on ?? it.effective_to ?? "—" },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
      ]}
      empty={{ title: t("fees.noStandards"), hint: t("fees.noStandardsHint"), action: <Propose /> }}
    />
  );
}

function Propose() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const me = useMe();
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  const levels = useOwnLevels();
  const forms = useOptions(FORMS);
  const institutions = useInstitutions();
  const query = { state: "accepted", page_size: 100 } as const;
  const sheets = useQuery({ ...listCostSheetsOptions({ query }), enabled: may("cost_sheets:read") });
  const known = (sheets.data?.items ?? []).map((it) => ({
    value: it.id,
    label: `${it.year} ${nameIn(levels, it.certificate_level_id)} ${word(it.exam_form)} ${yuan(it.cash_fen)}`,
  }));
  const propose = async (it: Values): Promise<void> => {
    const body = {
      certificate_level_id: it.certificate_level_id ?? "",
      exam_form: it.exam_form as ExamForm,
      fee_fen: fenOf(it.fee_fen),
      basis: it.basis ?? "",
      effective_from: it.effective_from ?? "",
      effective_to: it.effective_to || null,
      category: it.category || null,
      cost_sheet_id: it.cost_sheet_id || null,
      ...(it.institution_id && { institution_id: it.institution_id }),
    };
    const { data } = await proposeFeeStandard({ body, headers: keyFor(body), throwOnError: true });
    await navigate({ to: `/fee-standards/${data.id}` as never });
  };
  return (
    <Deeds
      allowed={may("fee_standards:propose") ? ["propose"] : []}
      deeds={{
        propose: {
          label: t("fees.propose"),
          consequence: t("fees.proposeSays"),
          fields: [
            ...(me.institution_id === null
              ? [{ name: "institution_id", label: t("fees.institution"), options: institutions }]
              : []),
            { name: "certificate_level_id", label: field("certificate"), options: levels },
            { name: "exam_form", label: field("exam_form"), options: forms },
            { name: "fee_fen", label: t("fees.feeYuan"), type: "money" },
            { name: "basis", label: field("basis"), hint: t("fees.basisHint") },
            { name: "cost_sheet_id", label: t("fees.sheet"), options: known, isOptional: true },
            { name: "category", label: field("category"), isOptional: true, hint: t("fees.categoryHint") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
            {
              name: "effective_to",
              label: field("effective_to"),
              type: "date",
              isOptional: true,
              hint: t("fees.effectiveToHint"),
            },
          ],
          run: propose,
        },
      }}
    />
  );
}
