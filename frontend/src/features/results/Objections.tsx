import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  getExamPlanOptions,
  getResultObjectionOptions,
  listResultObjectionsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  decideResultObjection,
  returnResultObjection,
  reviewResultObjection,
  withdrawResultObjection,
} from "@/api/staff/sdk.gen.ts";
import type { ResultObjectionOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { OfPlan } from "./OfPlan.tsx";

const SCORE = "score.";
const STATES = ["raised", "reviewed", "upheld", "changed", "withdrawn"];

export function Objections() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const states = useOptions(STATES);
  return (
    <>
      <PageHead title={t("menu.objections")} />
      <OfPlan>
        {(plan) => (
          <List
            name="result-objections"
            label={t("menu.objections")}
            options={(query) => listResultObjectionsOptions({ query: { ...query, exam_plan_id: plan.id } })}
            keyOf={(it) => it.id}
            to={(it) => `/result-objections/${it.id}`}
            filters={[{ name: "state", label: field("state"), options: states }]}
            columns={[
              { key: "admission_number", title: field("admission_number"), show: (it) => it.admission_number },
              { key: "text", title: t("results.objection"), show: (it) => it.text },
              { key: "due_on", title: field("due_on"), show: (it) => it.due_on },
              { key: "overdue", title: word("overdue"), show: (it) => word(String(it.is_overdue)) },
              { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
            ]}
            empty={{ title: t("results.noObjections"), hint: t("results.noObjectionsHint") }}
          />
        )}
      </OfPlan>
    </>
  );
}

export function Objection({ id }: { id: string }) {
  return (
    <Loaded options={getResultObjectionOptions({ path: { objection_id: id } })}>{(it) => <Known of={it} />}</Loaded>
  );
}

/** The parts of the exam that a review may give other scores, as fields; left empty the result stands. */
function useScores(planId: string): Field[] {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { data } = useQuery(getExamPlanOptions({ path: { exam_plan_id: planId } }));
  const parts = [...new Set(data?.levels.flatMap((it) => it.components) ?? [])];
  return parts.map((part) => ({
    name: `${SCORE}${part}`,
    label: t("desk.newScore", { part: word(part) }),
    isOptional: true,
    hint: t("desk.newScoreHint"),
  }));
}

function scoresIn(values: Values): Record<string, string> | null {
  const given = Object.entries(values).filter(([name, value]) => name.startsWith(SCORE) && value !== "");
  return given.length > 0 ? Object.fromEntries(given.map(([name, value]) => [name.slice(SCORE.length), value])) : null;
}

function changeOf(change: ResultObjectionOut["change"], word: (code: string) => string): string | null {
  const pairs = Object.entries((change ?? {}) as Record<string, unknown>);
  return pairs.map(([part, score]) => `${word(part)} ${String(score)}`).join("，") || null;
}

function Known({ of: it }: { of: ResultObjectionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const scores = useScores(it.exam_plan_id);
  const id = it.id;
  const to = { path: { objection_id: id }, throwOnError: true } as const;
  return (
    <>
      <PageHead title={`${t("results.objection")} ${it.admission_number}`} state={<State of={it.state} />}>
        <Deeds
          allowed={it.allowed_deeds
            .map((deed) => (deed === "uphold" || deed === "change" ? "decide" : deed))
            .filter((deed, at, all) => all.indexOf(deed) === at)}
          deeds={{
            review: {
              consequence: t("results.reviewSays"),
              fields: [{ name: "answer", label: t("results.answer"), type: "long" }, ...scores],
              run: (values) =>
                reviewResultObjection({ ...to, body: { answer: values.answer ?? "", components: scoresIn(values) } }),
            },
            decide: { consequence: t("results.decideSays"), run: () => decideResultObjection(to) },
            return: { consequence: t("results.returnSays"), run: () => returnResultObjection(to) },
            withdraw: {
              consequence: t("desk.withdrawObjectionSays"),
              isDanger: true,
              run: () => withdrawResultObjection(to),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <p>{it.text}</p>
        <Facts
          facts={[
            [field("uploaded_at"), instant(it.raised_at)],
            [field("due_on"), it.due_on],
            [t("results.answer"), it.answer],
            [t("desk.change"), changeOf(it.change, word)],
            [field("decided_at"), instant(it.decided_at)],
          ]}
        />
      </section>
      <Audit of={id} />
    </>
  );
}
