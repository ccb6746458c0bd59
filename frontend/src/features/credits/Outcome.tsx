import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { explainOutcomeOptions, getOutcomeOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { SubmissionOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Decisions } from "./Decisions.tsx";
import { useSays } from "./Explained.tsx";
import { useOutcomeDeeds } from "./outcomeDeeds.ts";

export function Outcome({ id }: { id: string }) {
  return <Loaded options={getOutcomeOptions({ path: { outcome_id: id } })}>{(it) => <Known outcome={it} />}</Loaded>;
}

function Known({ outcome: it }: { outcome: SubmissionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <>
      <PageHead
        title={`${it.student_name} · ${it.course_name ?? it.document_number ?? word(it.kind)}`}
        state={
          <>
            <State of={it.state} /> {it.flagged_at && <State of="flagged" />}
          </>
        }
        hint={`${it.student_number} · ${word(it.kind)}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={useOutcomeDeeds([it])} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("creditPolicies.evidence"), word(`evidence_${it.evidence}`)],
            ...evidenceOf(it, t),
            [field("credits"), it.credit],
            [t("outcomes.expired"), it.expired],
            [t("outcomes.expiresOn"), it.expires_on],
            [
              t("outcomes.policy"),
              it.policy_version && t("outcomes.line", { version: it.policy_version, line: it.line_number }),
            ],
            [t("outcomes.submittedAt"), instant(it.submitted_at)],
            [t("outcomes.recognisedOn"), it.recognised_on],
            [field("reason"), it.reason],
            [t("outcomes.ended"), it.end_reason && `${instant(it.ended_at)} ${it.end_reason}`],
            [t("convert.flagged"), it.flagged_at && `${instant(it.flagged_at)} ${word(it.flag_reason)}`],
          ]}
        />
        {may("credit_accounts:read") && (
          <p>
            <Link to={`/credit-accounts/${it.student_id}` as never}>{t("menu.account_of")}</Link>
          </p>
        )}
      </section>
      <Explanation id={it.id} />
      {it.decisions.length > 0 && <Decisions of={it.decisions} />}
      <Audit of={it.id} />
    </>
  );
}

function evidenceOf(it: SubmissionOut, t: ReturnType<typeof useTranslation<"staff">>["t"]): [string, string | null][] {
  if (it.evidence === "grade") return [[t("field.course"), `${it.course_code ?? ""} ${it.course_name ?? ""}`]];
  return [
    [t("field.document_number"), it.document_number],
    [t("creditPolicies.issuer"), it.issuer],
    [t("field.issued_on"), it.issued_on],
    [t("field.hours"), it.hours === null ? null : String(it.hours)],
    [t("outcomes.digest"), it.document_digest],
  ];
}

function Explanation({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const says = useSays();
  return (
    <section className="panel" aria-label={t("credits.explain")}>
      <h2>{t("credits.why")}</h2>
      <Loaded options={explainOutcomeOptions({ path: { outcome_id: id } })}>
        {(it) => (
          <>
            <ol>
              {it.steps.map((step) => (
                <li key={step.says.en}>
                  {says(step.says)} {step.credit !== null && <strong>{step.credit}</strong>}
                </li>
              ))}
            </ol>
            <p>
              {t("credits.next")} {says(it.next_step)}
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
