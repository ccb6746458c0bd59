import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getReportTypeOptions, listFiguresOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { openReports, retireReportType, reviveReportType } from "@/api/staff/sdk.gen.ts";
import type { ReportTypeOut } from "@/api/staff/types.gen.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { DefineType } from "./DefineType.tsx";
import { Reports } from "./Reports.tsx";

export function ReportType({ id }: { id: string }) {
  return <Loaded options={getReportTypeOptions({ path: { type_id: id } })}>{(it) => <Known type={it} />}</Loaded>;
}

function Known({ type }: { type: ReportTypeOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  // The copy that was shown when the form was opened is what the change is checked against.
  const [changing, setChanging] = useState<ReportTypeOut | null>(null);
  const deeds = useTypeDeeds(type);
  return (
    <>
      <PageHead
        title={type.name}
        state={<State of={type.state} as="reporting" />}
        hint={[
          word(type.cadence, "reporting"),
          type.basis,
          t("periodic.dueSays", { due: type.due_days, remind: type.remind_days }),
          t("periodic.versionSays", { version: type.version }),
        ].join(" · ")}
      >
        {!changing && <Deeds allowed={type.allowed_deeds} deeds={deeds} />}
        {!changing && type.allowed_deeds.includes("redefine") && (
          <Button onClick={() => setChanging(type)}>{t("periodic.redefine")}</Button>
        )}
      </PageHead>
      {changing ? (
        <DefineType shown={changing} onDone={() => setChanging(null)} onCancel={() => setChanging(null)} />
      ) : (
        <Sections type={type} />
      )}
      <h2>{t("menu.reports")}</h2>
      <Reports typeId={type.id} />
      <Audit of={type.id} />
    </>
  );
}

function Sections({ type }: { type: ReportTypeOut }) {
  const { t, i18n } = useTranslation("staff");
  const word = useWords();
  const figures = useQuery(listFiguresOptions()).data?.items ?? [];
  const isChinese = i18n.language.startsWith("zh");
  const nameOf = (code: string): string => {
    const found = figures.find((it) => it.code === code);
    return (isChinese ? found?.name_zh : found?.name_en) ?? code;
  };
  return (
    <section className="panel">
      <h2>{t("periodic.sections")}</h2>
      <Grid
        label={t("periodic.sections")}
        rows={type.sections}
        keyOf={(it) => it.code}
        columns={[
          { key: "title", title: t("periodic.sectionTitle"), show: (it) => it.title },
          { key: "figures", title: t("periodic.figures"), show: (it) => it.indicators.map(nameOf).join("、") || "—" },
          { key: "words", title: t("periodic.needsNarrative"), show: (it) => word(String(it.needs_narrative)) },
          { key: "guidance", title: t("periodic.guidance"), show: (it) => it.guidance ?? "—" },
        ]}
      />
    </section>
  );
}

function useTypeDeeds(type: ReportTypeOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { type_id: type.id }, throwOnError: true } as const;
  return {
    open: {
      label: t("periodic.open"),
      consequence: t("periodic.openSays"),
      fields: [
        {
          name: "period_from",
          label: t("periodic.periodFrom"),
          type: "date",
          hint: type.cadence === "once" ? "" : t("periodic.periodHint"),
        },
        ...(type.cadence === "once"
          ? [{ name: "period_to", label: t("periodic.periodTo"), type: "date" as const }]
          : []),
        { name: "due_on", label: field("due_on"), type: "date", isOptional: true, hint: t("periodic.dueHint") },
      ],
      run: (values) =>
        openReports({
          ...to,
          body: {
            period_from: values.period_from ?? "",
            period_to: values.period_to || null,
            due_on: values.due_on || null,
          },
        }),
    },
    retire: {
      label: t("periodic.retire"),
      consequence: t("periodic.retireSays"),
      isDanger: true,
      run: () => retireReportType(to),
    },
    revive: { label: t("periodic.revive"), consequence: t("periodic.reviveSays"), run: () => reviveReportType(to) },
  };
}
