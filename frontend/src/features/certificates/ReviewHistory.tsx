import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCertificateReviewHistoryOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useNames } from "./experts.ts";

/** What happened to a review, step by step, told to everybody who follows it. */
export function ReviewHistory({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const nameOf = useNames();
  const { data, error, refetch } = useQuery(
    listCertificateReviewHistoryOptions({ path: { review_id: id }, query: { page_size: 100 } }),
  );
  return (
    <section className="panel">
      <h2>{t("panels.history")}</h2>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && (
        <Grid
          label={t("panels.history")}
          rows={data.items}
          keyOf={(it) => it.id}
          columns={[
            { key: "deed", title: field("deeds"), show: (it) => word(it.deed, "deed") },
            { key: "at", title: t("credits.at"), show: (it) => instant(it.at) },
            { key: "by", title: field("person"), show: (it) => nameOf(it.actor_id) },
            { key: "state", title: field("state"), show: (it) => word(stateIn(it.after)) },
          ]}
        />
      )}
    </section>
  );
}

function stateIn(after: unknown): string | null {
  const state: unknown = after && typeof after === "object" ? Reflect.get(after, "state") : null;
  return typeof state === "string" ? state : null;
}
