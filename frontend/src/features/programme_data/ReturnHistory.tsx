import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getProgrammeReturnHistoryOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";

/** Everything that was submitted, with what the register knew at that moment, and everything that was answered. */
export function ReturnHistory({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { data } = useQuery(getProgrammeReturnHistoryOptions({ path: { return_id: id } }));
  if (!data || data.versions.length === 0) return null;
  const both = (given: Figures, known: Figures, name: string): string =>
    `${String(given[name] ?? "—")}（${t("collection.knownIs", { count: Number(known[name] ?? 0) })}）`;
  return (
    <section className="panel">
      <h2>{t("collection.history")}</h2>
      <Grid
        label={t("collection.submissions")}
        rows={data.versions}
        keyOf={(it) => String(it.number)}
        columns={[
          { key: "number", title: field("version"), show: (it) => it.number },
          { key: "at", title: t("credits.at"), show: (it) => instant(it.submitted_at) },
          ...(["classes", "students", "teachers"] as const).map((name) => ({
            key: name,
            title: t(`collection.${name}`),
            show: (it: (typeof data.versions)[number]) => both(it.figures, it.known, name),
            isNumber: true,
          })),
          { key: "late", title: t("collection.late"), show: (it) => (it.is_late ? <State of="overdue" /> : "—") },
        ]}
      />
      {data.decisions.length > 0 && (
        <>
          <h2>{t("collection.decisions")}</h2>
          <Grid
            label={t("collection.decisions")}
            rows={data.decisions}
            keyOf={(it) => `${it.version}-${it.decided_at}`}
            columns={[
              { key: "version", title: field("version"), show: (it) => it.version },
              { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
              { key: "at", title: field("decided_at"), show: (it) => instant(it.decided_at) },
              { key: "document", title: field("document_number"), show: (it) => it.decision_document ?? "—" },
              { key: "comment", title: t("collection.comment"), show: (it) => it.comment ?? "—" },
            ]}
          />
        </>
      )}
    </section>
  );
}

type Figures = Record<string, unknown>;
