import { useTranslation } from "react-i18next";
import type { CheckInListOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";
import type { Told } from "./sending.ts";

const NEEDS_A_LOOK = new Set(["conflict", "refused"]);

/** What the service did not simply take: it stays here with the reason until somebody has looked. */
export function ToldNote({ told, list }: { told: readonly Told[]; list: CheckInListOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const rows = told.filter(({ outcome }) => NEEDS_A_LOOK.has(outcome.outcome));
  if (rows.length === 0) return null;
  const nameOf = ({ check_in, outcome }: Told): string => {
    const id = outcome.registration_id ?? check_in.registration_id;
    return list.candidates.find((it) => it.registration_id === id)?.name ?? t("days.aTicket");
  };
  return (
    <section aria-live="polite">
      <h3>{t("days.needsALook")}</h3>
      <Grid
        label={t("days.needsALook")}
        rows={rows}
        keyOf={({ outcome }) => outcome.nonce}
        columns={[
          { key: "name", title: field("person"), show: nameOf },
          { key: "at", title: t("days.seenAt"), show: ({ check_in }) => instant(check_in.seen_at) },
          {
            key: "outcome",
            title: t("imports.outcome"),
            show: ({ outcome }) => <State of={`check_in_${outcome.outcome}`} />,
          },
          { key: "detail", title: t("imports.fault"), show: ({ outcome }) => outcome.detail ?? "—" },
        ]}
      />
    </section>
  );
}
