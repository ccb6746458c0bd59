import { useTranslation } from "react-i18next";
import { getQuarantinedResultOptions, listQuarantinedResultsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmResultReview, declineResultReview, proposeResultReview } from "@/api/staff/sdk.gen.ts";
import type { Decision, QuarantinedResultOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { OfPlan } from "./OfPlan.tsx";

const DECISIONS = ["confirm_ours", "reject_row", "ask_organisation"];

/** Results in which the organisation and the recomputed figures disagree: nothing is overwritten until two persons decide. */
export function Quarantine() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <PageHead title={t("menu.quarantine")} hint={t("results.quarantineHint")} />
      <OfPlan>
        {(plan) => (
          <List
            name="quarantine"
            label={t("menu.quarantine")}
            options={(query) => listQuarantinedResultsOptions({ query: { ...query, exam_plan_id: plan.id } })}
            keyOf={(it) => it.id}
            to={(it) => `/quarantine/${it.id}`}
            columns={[
              { key: "name", title: field("person"), show: (it) => it.name },
              { key: "admission_number", title: field("admission_number"), show: (it) => it.admission_number },
              { key: "code", title: field("reason"), show: (it) => word(it.code) },
              { key: "their_total", title: t("results.theirs"), show: (it) => it.their_total ?? "—", isNumber: true },
              { key: "our_total", title: t("results.ours"), show: (it) => it.our_total ?? "—", isNumber: true },
              { key: "review", title: field("state"), show: (it) => <State of={it.review?.state ?? "undecided"} /> },
            ]}
            empty={{ title: t("results.noQuarantine"), hint: t("results.noQuarantineHint") }}
          />
        )}
      </OfPlan>
    </>
  );
}

export function QuarantinedResult({ id }: { id: string }) {
  return (
    <Loaded options={getQuarantinedResultOptions({ path: { result_id: id } })}>{(it) => <Known result={it} />}</Loaded>
  );
}

function Known({ result }: { result: QuarantinedResultOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const decisions = useOptions(DECISIONS);
  const to = { path: { result_id: result.id }, throwOnError: true } as const;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const flag = (passed: boolean | null): string => (passed === null ? "—" : word(passed ? "passed" : "failed_exam"));
  const rows = [
    { name: t("results.total"), theirs: result.their_total ?? "—", ours: result.our_total ?? "—" },
    { name: t("results.verdict"), theirs: flag(result.their_passed), ours: flag(result.our_passed) },
  ];
  return (
    <>
      <PageHead
        title={`${result.name} · ${result.admission_number}`}
        state={<State of={result.review?.state ?? "undecided"} />}
        hint={result.detail ?? word(result.code)}
      >
        <Deeds
          allowed={[...result.allowed_deeds, ...(result.review?.allowed_deeds ?? [])]}
          deeds={{
            propose: {
              consequence: t("results.proposeSays"),
              fields: [{ name: "decision", label: t("results.decision"), options: decisions }, reason],
              run: (it) =>
                proposeResultReview({ ...to, body: { decision: it.decision as Decision, reason: it.reason ?? "" } }),
            },
            confirm: {
              consequence: t("results.confirmSays", { decision: word(result.review?.decision) }),
              fields: [reason],
              run: (it) => confirmResultReview({ ...to, body: { reason: it.reason ?? "" } }),
            },
            decline: {
              consequence: t("results.declineSays"),
              fields: [reason],
              run: (it) => declineResultReview({ ...to, body: { reason: it.reason ?? "" } }),
            },
          }}
        />
      </PageHead>
      <div className="both">
        <section className="panel">
          <h2>{t("results.compare")}</h2>
          <Grid
            label={t("results.compare")}
            rows={rows}
            keyOf={(it) => it.name}
            columns={[
              { key: "name", title: t("results.item"), show: (it) => it.name },
              { key: "theirs", title: t("results.theirs"), show: (it) => it.theirs },
              { key: "ours", title: t("results.ours"), show: (it) => it.ours },
            ]}
          />
        </section>
        <section className="panel">
          <h2>{t("results.components")}</h2>
          <Facts
            facts={Object.entries(result.components).map(([name, score]) => [word(name), String(score)] as const)}
          />
        </section>
      </div>
      <section className="panel">
        <Facts
          facts={[
            [field("reason"), word(result.code)],
            [t("results.orgId"), result.org_result_id],
            [field("version"), result.revision],
            [field("document"), result.masked_document_number],
            [field("uploaded_at"), instant(result.recorded_at)],
          ]}
        />
      </section>
      {result.review && (
        <section className="panel">
          <h2>{t("results.review")}</h2>
          <Facts
            facts={[
              [t("results.decision"), word(result.review.decision)],
              [field("reason"), result.review.reason],
              [field("proposed_at"), instant(result.review.proposed_at)],
            ]}
          />
        </section>
      )}
      <Audit of={result.id} />
    </>
  );
}
