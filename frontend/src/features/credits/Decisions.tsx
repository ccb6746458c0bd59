import { useTranslation } from "react-i18next";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useWords } from "@/ui/staff/words.ts";

interface Decision {
  deed: string;
  decided_at: string;
  document_number: string | null;
  reason: string | null;
}

/** What was decided on the way, by which document and why. */
export function Decisions({ of }: { of: readonly Decision[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("credits.decisions")}</h2>
      <Grid
        label={t("credits.decisions")}
        rows={of}
        keyOf={(it) => `${it.decided_at}-${it.deed}`}
        columns={[
          { key: "deed", title: field("deeds"), show: (it) => word(it.deed, "deed") },
          { key: "at", title: field("decided_at"), show: (it) => instant(it.decided_at) },
          { key: "document", title: field("document_number"), show: (it) => it.document_number ?? "—" },
          { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
        ]}
      />
    </section>
  );
}
