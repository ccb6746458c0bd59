import { useTranslation } from "react-i18next";
import { getFeedbackOptions, listFeedbackOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  answerFeedback,
  changeFeedback,
  closeFeedback,
  getFeedback,
  giveFeedback,
  reopenFeedback,
  sendFeedback,
  verifyFeedback,
} from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["open", "sent", "answered", "verified", "closed", "reopened"];

export function FeedbackList() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const me = useMe();
  const certificates = useCertificates();
  const colleges = useColleges();
  return (
    <>
      <PageHead title={t("menu.feedback")} hint={t("feedback.hint")}>
        <Deeds
          allowed={may("feedback:give") ? ["give"] : []}
          deeds={{
            give: {
              label: t("feedback.give"),
              fields: [
                { name: "certificate_id", label: field("certificate"), options: certificates },
                {
                  name: "college_id",
                  label: field("college"),
                  options: colleges,
                  isOptional: me.college_ids.length === 0,
                  initial: me.college_ids[0] ?? "",
                },
                { name: "subject", label: t("feedback.subject") },
                { name: "body", label: t("feedback.body"), type: "long" },
                { name: "due_on", label: field("due_on"), type: "date" },
              ],
              run: (it) =>
                giveFeedback({
                  body: {
                    certificate_id: it.certificate_id ?? "",
                    college_id: it.college_id || null,
                    subject: it.subject ?? "",
                    body: it.body ?? "",
                    due_on: it.due_on ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
      </PageHead>
      <List
        name="feedback"
        label={t("menu.feedback")}
        options={(query) => listFeedbackOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/feedback/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES) },
          { name: "overdue", label: t("feedback.overdue"), options: useOptions(["true", "false"]) },
          { name: "certificate_id", label: field("certificate"), options: certificates },
        ]}
        columns={[
          { key: "subject", title: t("feedback.subject"), show: (it) => it.subject },
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
          { key: "due_on", title: field("due_on"), show: (it) => it.due_on },
          { key: "age", title: t("feedback.age"), show: (it) => it.age_days ?? "—", isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.is_overdue ? "overdue" : it.state} /> },
        ]}
        empty={{ title: t("feedback.none"), hint: t("feedback.noneHint") }}
      />
    </>
  );
}

export function FeedbackItem({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { feedback_id: id }, throwOnError: true } as const;
  const remark = { name: "remark", label: t("feedback.remark"), type: "long" } as const;
  return (
    <Loaded options={getFeedbackOptions({ path: { feedback_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={it.subject}
            state={<State of={it.state} />}
            hint={`${it.certificate_name} · ${it.institution_name}`}
          >
            {it.allowed_deeds.includes("change") && (
              <Change
                shown={it}
                fields={(was) => [
                  { name: "subject", label: t("feedback.subject"), initial: was.subject },
                  { name: "body", label: t("feedback.body"), type: "long", initial: was.body },
                  { name: "due_on", label: field("due_on"), type: "date", initial: was.due_on },
                ]}
                run={(was, values) => changeFeedback({ ...to, headers: ifMatch(was), body: values })}
                read={async () => (await getFeedback(to)).data}
              />
            )}
            <Deeds
              allowed={it.allowed_deeds}
              deeds={{
                send: { consequence: t("feedback.sendSays"), run: () => sendFeedback(to) },
                answer: {
                  consequence: t("feedback.answerSays"),
                  fields: [{ name: "answer", label: t("results.answer"), type: "long" }],
                  run: (values) => answerFeedback({ ...to, body: { answer: values.answer ?? "" } }),
                },
                verify: {
                  consequence: t("feedback.verifySays"),
                  fields: [remark],
                  run: (values) => verifyFeedback({ ...to, body: { remark: values.remark ?? "" } }),
                },
                close: { consequence: t("feedback.closeSays"), run: () => closeFeedback(to) },
                reopen: {
                  consequence: t("feedback.reopenSays"),
                  fields: [remark, { name: "due_on", label: field("due_on"), type: "date" }],
                  run: (values) =>
                    reopenFeedback({ ...to, body: { remark: values.remark ?? "", due_on: values.due_on ?? "" } }),
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <p>{it.body}</p>
            <Facts
              facts={[
                [field("due_on"), it.due_on],
                [t("feedback.age"), it.age_days],
                [t("feedback.remark"), it.remark],
                [field("decided_at"), instant(it.closed_at)],
              ]}
            />
          </section>
          {it.answers.map((answer) => (
            <section className="panel" key={answer.id}>
              <h2>{t("results.answer")}</h2>
              <p>{answer.answer}</p>
              <p className="muted">{instant(answer.answered_at)}</p>
            </section>
          ))}
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}
