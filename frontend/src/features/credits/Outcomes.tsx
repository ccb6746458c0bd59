import { useTranslation } from "react-i18next";
import { listOutcomesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { SubmissionOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useChosen } from "@/ui/staff/choice.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useOutcomeDeeds } from "./outcomeDeeds.ts";

const STATES = ["submitted", "verified", "recognised", "refused", "withdrawn", "reversed"];
const DECIDING = ["verify", "recognise", "refuse", "withdraw", "settle"];

/** Outcomes from courses and training on their way to credits: submitted, verified, recognised. */
export function Outcomes() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const [search] = useUrlState();
  const chosen = useChosen<SubmissionOut>();
  const deeds = useOutcomeDeeds(chosen.rows, chosen.clear);
  const mayDecide = DECIDING.some((deed) => may(`outcomes:${deed}`));
  const submit = may("outcomes:submit") && (
    <LinkButton to="/outcomes/new" isPrimary>
      {t("outcomes.submit")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("outcomes.title")} hint={t("outcomes.hint")}>
        {submit}
        {may("recognition_policies:read") && (
          <LinkButton to="/credit-policies?view=recognition">{t("creditPolicies.recognition")}</LinkButton>
        )}
      </PageHead>
      {mayDecide && (
        <ForChosen count={chosen.ids.length}>
          <Deeds allowed={chosen.allowed} deeds={deeds} />
        </ForChosen>
      )}
      <List
        name="outcomes"
        label={t("outcomes.title")}
        options={(query) => listOutcomesOptions({ query })}
        fixed={search.student_id ? { student_id: search.student_id } : undefined}
        keyOf={(it) => it.id}
        to={(it) => `/outcomes/${it.id}`}
        choice={mayDecide ? chosen.choice : undefined}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES) },
          { name: "kind", label: field("kind") },
          { name: "is_flagged", label: t("convert.flagged"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "student", title: field("person"), show: (it) => it.student_name },
          { key: "number", title: field("student_number"), show: (it) => it.student_number },
          { key: "kind", title: field("kind"), show: (it) => word(it.kind) },
          {
            key: "evidence",
            title: t("creditPolicies.evidence"),
            show: (it) => it.course_name ?? it.document_number ?? "—",
          },
          { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
          { key: "at", title: t("outcomes.submittedAt"), show: (it) => instant(it.submitted_at) },
          {
            key: "state",
            title: field("state"),
            show: (it) => (
              <>
                <State of={it.state} />
                {it.flagged_at && <State of="flagged" />}
              </>
            ),
          },
        ]}
        empty={{ title: t("outcomes.none"), hint: t("outcomes.noneHint"), action: submit }}
      />
    </>
  );
}
