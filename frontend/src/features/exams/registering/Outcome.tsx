import { useTranslation } from "react-i18next";
import type { ManyRegisteredOut, NotRegisteredOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import type { NameOf } from "./students.ts";

/** What became, or would become, of many registrations: counts, and everybody who is refused with the reason. */
export function Outcome({ of, nameOf }: { of: ManyRegisteredOut; nameOf: NameOf }) {
  const { t } = useTranslation("staff");
  const figures = [
    ["asked", of.asked],
    ["accepted", of.accepted],
    ["waiting", of.waiting],
    ["refused", of.refused.length],
  ] as const;
  return (
    <section aria-live="polite">
      <h2>{of.validate_only ? t("planning.rehearsed") : t("planning.registered")}</h2>
      <div className="tiles">
        {figures.map(([name, value]) => (
          <div key={name} className={value > 0 ? "tile" : "tile calm"}>
            <strong>{value}</strong>
            <span>{t(`planning.count.${name}`)}</span>
          </div>
        ))}
      </div>
      {of.refused.length > 0 && <Refused rows={of.refused} nameOf={nameOf} />}
    </section>
  );
}

function Refused({ rows, nameOf }: { rows: readonly NotRegisteredOut[]; nameOf: NameOf }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Grid
      label={t("planning.refusedRows")}
      rows={rows}
      keyOf={(it, index) => `${it.row ?? it.student_id ?? ""}-${index}`}
      columns={[
        { key: "row", title: t("imports.row"), show: (it) => it.row ?? "—" },
        { key: "column", title: t("imports.column"), show: (it) => it.column ?? "—" },
        { key: "person", title: field("person"), show: (it) => nameOf(it.student_id) },
        { key: "detail", title: t("imports.fault"), show: (it) => it.detail },
        { key: "code", title: t("imports.code"), show: (it) => <code>{it.code}</code> },
      ]}
    />
  );
}
