import { useTranslation } from "react-i18next";
import { listFollowUpsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { checkFollowUp, finishFollowUp, reassignFollowUp, reopenFollowUp } from "@/api/staff/sdk.gen.ts";
import type { FollowUpOut } from "@/api/staff/types.gen.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { type Choice, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { usePeople } from "./people.ts";

export function AllFollowUps() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("menu.followUps")} hint={t("followUps.hint")} />
      <FollowUps />
    </>
  );
}

/** What follows from one consultation, or from all that one sees, each with what may be done about it. */
export function FollowUps({ consultationId, collegeId }: { consultationId?: string; collegeId?: string | null }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const people = usePeople({ collegeId: collegeId ?? null });
  const isOnlyTrue = [{ value: "true", label: word("true") }];
  const filters = [
    { name: "state", label: field("state"), options: useOptions(["open", "done", "checked", "reopened"], "guided") },
    { name: "mine", label: t("problems.mine"), options: isOnlyTrue },
    { name: "overdue", label: t("problems.overdue"), options: isOnlyTrue },
  ];
  return (
    <List
      name="follow-ups"
      label={t("menu.followUps")}
      options={(query) => listFollowUpsOptions({ query })}
      keyOf={(it) => it.id}
      fixed={consultationId ? { consultation_id: consultationId } : undefined}
      filters={filters}
      columns={[
        { key: "task", title: t("followUps.task"), show: (it) => it.task },
        {
          key: "of",
          title: t("followUps.of"),
          show: (it) => <LinkButton to={`/consultations/${it.consultation_id}`}>{it.consultation_subject}</LinkButton>,
        },
        { key: "owner", title: t("followUps.owner"), show: (it) => it.owner_name },
        { key: "due", title: field("due_on"), show: (it) => it.due_on },
        {
          key: "state",
          title: field("state"),
          show: (it) => <State of={it.is_overdue ? "overdue" : it.state} as="guided" />,
        },
        { key: "result", title: t("followUps.result"), show: (it) => it.result ?? "—" },
        { key: "comment", title: t("followUps.comment"), show: (it) => it.comment ?? "—" },
        { key: "deeds", title: field("deeds"), show: (it) => <FollowUpDeeds it={it} people={people} /> },
      ]}
      empty={{ title: t("followUps.none"), hint: t("followUps.noneHint") }}
    />
  );
}

function FollowUpDeeds({ it, people }: { it: FollowUpOut; people: Choice[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { follow_up_id: it.id }, throwOnError: true } as const;
  const comment = { name: "comment", label: t("followUps.comment"), type: "long" } as const;
  return (
    <Deeds
      // What its owner is waited for comes first.
      allowed={[...it.allowed_deeds].sort((a, b) => Number(b === "finish") - Number(a === "finish"))}
      deeds={{
        finish: {
          label: t("followUps.finish"),
          consequence: t("followUps.finishSays"),
          fields: [{ name: "result", label: t("followUps.result"), type: "long" }],
          run: (values) => finishFollowUp({ ...to, body: { result: values.result ?? "" } }),
        },
        check: {
          label: t("followUps.check"),
          fields: [{ ...comment, isOptional: true }],
          run: (values) => checkFollowUp({ ...to, body: { comment: values.comment || null } }),
        },
        reopen: {
          label: t("followUps.reopen"),
          consequence: t("followUps.reopenSays"),
          isDanger: true,
          fields: [comment, { name: "due_on", label: field("due_on"), type: "date" }],
          run: (values) =>
            reopenFollowUp({ ...to, body: { comment: values.comment ?? "", due_on: values.due_on ?? "" } }),
        },
        reassign: {
          label: t("followUps.reassign"),
          fields: [
            {
              name: "owner_id",
              label: t("followUps.owner"),
              options: people,
              initial: it.owner_id,
              hint: t("followUps.ownerHint"),
            },
            { name: "due_on", label: field("due_on"), type: "date", initial: it.due_on },
          ],
          run: (values) =>
            reassignFollowUp({ ...to, body: { owner_id: values.owner_id ?? "", due_on: values.due_on ?? "" } }),
        },
      }}
    />
  );
}
