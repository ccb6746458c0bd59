import { useTranslation } from "react-i18next";
import { getExamPlanOptions, listExamPlanTasksOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  cancelExamPlan,
  extendExamPlan,
  publishExamPlan,
  publishResultNotice,
  raiseCharges,
  tickExamPlanTask,
  untickExamPlanTask,
  withdrawResultNotice,
} from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Registrations } from "./Registrations.tsx";
import { Sittings } from "./Sittings.tsx";

export function Plan({ id }: { id: string }) {
  return (
    <Loaded options={getExamPlanOptions({ path: { exam_plan_id: id } })}>{(plan) => <Known plan={plan} />}</Loaded>
  );
}

function Known({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const to = { path: { exam_plan_id: plan.id }, throwOnError: true } as const;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const notices = may("result_notices:publish") ? ["publish_notice", "withdraw_notice"] : [];
  const charges = may("charges:raise") && plan.published_at ? ["raise_charges"] : [];
  const allowed = [...plan.allowed_deeds, ...notices, ...charges];
  return (
    <>
      <PageHead title={plan.name} state={<State of={plan.state} />} hint={`${plan.code} · ${plan.institution_name}`}>
        {may("result_uploads:upload") && plan.published_at && (
          <LinkButton to={`/result-uploads/new?exam_plan_id=${plan.id}`} isPrimary>
            {t("results.upload")}
          </LinkButton>
        )}
        {plan.allowed_deeds.includes("change") && (
          <LinkButton to={`/exam-plans/${plan.id}/edit`}>{t("planning.change")}</LinkButton>
        )}
        {may("registrations:create") && plan.published_at && !plan.cancelled_at && (
          <LinkButton to={`/exam-plans/${plan.id}/register`} isPrimary>
            {t("planning.register")}
          </LinkButton>
        )}
        {may("results:read") && plan.results > 0 && (
          <LinkButton to={`/results?exam_plan_id=${plan.id}`}>{t("desk.results")}</LinkButton>
        )}
        <Deeds
          allowed={allowed}
          deeds={{
            publish: { consequence: t("exams.publishSays"), run: () => publishExamPlan(to) },
            extend: {
              consequence: t("exams.extendSays"),
              fields: [
                {
                  name: "registration_closes_on",
                  label: field("registration_closes_on"),
                  type: "date",
                  initial: plan.registration_closes_on,
                },
                {
                  name: "results_due_on",
                  label: field("results_due_on"),
                  type: "date",
                  isOptional: true,
                  initial: plan.results_due_on ?? "",
                },
                {
                  name: "objections_until",
                  label: field("objections_until"),
                  type: "datetime-local",
                  isOptional: true,
                  initial: localOf(plan.objections_until),
                },
                reason,
              ],
              run: (it) =>
                extendExamPlan({
                  ...to,
                  body: {
                    registration_closes_on: it.registration_closes_on || null,
                    results_due_on: it.results_due_on || null,
                    objections_until: it.objections_until ? momentOf(it.objections_until) : null,
                    reason: it.reason ?? "",
                  },
                }),
            },
            cancel: {
              consequence: t("exams.cancelSays", { count: plan.candidates }),
              isDanger: true,
              typed: plan.code,
              fields: [reason],
              run: (it) => cancelExamPlan({ ...to, body: { reason: it.reason ?? "" } }),
            },
            publish_notice: {
              label: t("exams.publishNotice"),
              consequence: t("exams.noticeSays"),
              run: () => publishResultNotice(to),
            },
            withdraw_notice: {
              label: t("exams.withdrawNotice"),
              consequence: t("exams.withdrawNoticeSays"),
              isDanger: true,
              run: () => withdrawResultNotice(to),
            },
            raise_charges: {
              label: t("planning.raiseCharges"),
              consequence: t("planning.raiseChargesSays"),
              run: () => raiseCharges(to),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("registration_opens_on"), plan.registration_opens_on],
            [field("registration_closes_on"), plan.registration_closes_on],
            [field("candidates_locked_on"), plan.candidates_locked_on],
            [field("exam_on"), plan.exam_on],
            [field("results_due_on"), plan.results_due_on],
            [field("objections_until"), instant(plan.objections_until)],
            [field("candidates"), plan.candidates],
            [field("results"), plan.results],
            [field("level"), plan.levels.map((it) => `${it.certificate_name} ${word(`level_${it.level}`)}`).join("、")],
          ]}
        />
      </section>
      {plan.published_at === null && <p className="consequence">{t("planning.draftSays")}</p>}
      <Tasks id={plan.id} />
      {may("exam_sittings:read") && plan.published_at && <Sittings plan={plan} />}
      {may("registrations:read") && plan.published_at && (
        <section>
          <h2>{t("menu.registrations")}</h2>
          <Registrations plan={plan} />
        </section>
      )}
      <Audit of={plan.id} />
    </>
  );
}

function Tasks({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("exams.tasks")}</h2>
      <Loaded options={listExamPlanTasksOptions({ path: { exam_plan_id: id } })}>
        {(tasks) => (
          <Grid
            label={t("exams.tasks")}
            rows={tasks}
            keyOf={(it) => it.kind}
            columns={[
              { key: "kind", title: t("exams.task"), show: (it) => word(it.kind) },
              { key: "due_on", title: field("due_on"), show: (it) => it.due_on },
              {
                key: "state",
                title: field("state"),
                show: (it) => <State of={it.is_done ? "done" : it.is_overdue ? "overdue" : "ahead"} />,
              },
              {
                key: "deeds",
                title: field("deeds"),
                show: (it) => {
                  const to = { path: { exam_plan_id: id, kind: it.kind }, throwOnError: true } as const;
                  return (
                    <Deeds
                      allowed={it.allowed_deeds}
                      deeds={{
                        tick: { isPlain: true, run: () => tickExamPlanTask(to) },
                        untick: { isPlain: true, run: () => untickExamPlanTask(to) },
                      }}
                    />
                  );
                },
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
