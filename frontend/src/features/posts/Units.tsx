import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listLeadUnitsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { endLeadUnit, loadLeadUnits } from "@/api/staff/sdk.gen.ts";
import type { LeadUnitListOut, LeadUnitOut, LeadUnitRowOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { linesIn } from "./holders.tsx";

/** The province's lead unit of each category of certificates, term by term. */
export function Units() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const [outcome, setOutcome] = useState<LeadUnitListOut | null>(null);
  const action = <Deeds allowed={may("lead_units:load") ? ["load"] : []} deeds={{ load: useLoading(setOutcome) }} />;
  const ending = useEnding();
  return (
    <>
      <PageHead title={t("menu.leadUnits")} hint={t("units.hint")}>
        {action}
      </PageHead>
      {outcome && <Outcome of={outcome} />}
      <List
        name="lead-units"
        label={t("menu.leadUnits")}
        options={(query) => listLeadUnitsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "category", label: t("units.category") },
          { name: "certificate_id", label: field("certificate"), options: useCertificates() },
          { name: "on", label: t("posts.on"), type: "date" },
        ]}
        columns={[
          { key: "category", title: t("units.category"), show: (it) => it.category },
          { key: "unit", title: t("units.unit"), show: (it) => it.unit_name },
          {
            key: "certificates",
            title: t("units.certificates"),
            show: (it) => it.certificates.map((each) => each.certificate_name).join("、") || "—",
          },
          { key: "from", title: t("units.from"), show: (it) => it.valid_from },
          { key: "to", title: t("units.to"), show: (it) => it.valid_to ?? t("posts.noEnd") },
          { key: "document", title: field("document_number"), show: (it) => it.document },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => <Deeds allowed={it.can_end ? ["end"] : []} deeds={{ end: ending(it) }} />,
          },
        ]}
        empty={{ title: t("units.none"), hint: t("units.noneHint"), action }}
      />
    </>
  );
}

function useEnding(): (it: LeadUnitOut) => Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  return (it) => ({
    label: t("units.end"),
    consequence: t("units.endSays"),
    isDanger: true,
    fields: [
      { name: "valid_to", label: t("units.lastDay"), type: "date" },
      { name: "document", label: field("document_number") },
    ],
    run: (values) =>
      endLeadUnit({
        path: { unit_id: it.id },
        body: { valid_to: values.valid_to ?? "", document: values.document ?? "" },
        throwOnError: true,
      }),
  });
}

function useLoading(onOutcome: (it: LeadUnitListOut) => void): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  return {
    label: t("units.load"),
    consequence: t("units.loadSays"),
    fields: [
      { name: "document", label: field("document_number") },
      { name: "valid_from", label: t("units.from"), type: "date" },
      { name: "valid_to", label: t("units.to"), type: "date", isOptional: true, hint: t("posts.openHint") },
      { name: "lines", label: t("units.lines"), type: "long", hint: t("units.linesHint") },
    ],
    run: async (values) => {
      const { data } = await loadLeadUnits({
        body: {
          document: values.document ?? "",
          valid_from: values.valid_from ?? "",
          valid_to: values.valid_to || null,
          rows: linesIn(values.lines).map(([category, unit, certificates]) => ({
            category: category ?? "",
            unit_name: unit ?? "",
            certificate_names: (certificates ?? "").split("、").filter(Boolean),
          })),
        },
        throwOnError: true,
      });
      onOutcome(data);
    },
  };
}

function Outcome({ of: it }: { of: LeadUnitListOut }) {
  const { t } = useTranslation("staff");
  const why = (row: LeadUnitRowOut): string => {
    if (row.code === "certificates_unknown") return t("units.unknown", { names: row.unknown.join("、") });
    return row.code ? t("units.later") : "—";
  };
  return (
    <section className="panel">
      <h2>{t("units.outcome")}</h2>
      <Grid
        label={t("units.outcome")}
        rows={it.rows}
        keyOf={(row) => String(row.row)}
        columns={[
          { key: "row", title: t("units.row"), show: (row) => row.row, isNumber: true },
          { key: "category", title: t("units.category"), show: (row) => row.category },
          { key: "outcome", title: t("units.outcome"), show: (row) => t(`units.said.${row.outcome}`) },
          { key: "why", title: t("groups.changed"), show: why },
        ]}
      />
    </section>
  );
}
