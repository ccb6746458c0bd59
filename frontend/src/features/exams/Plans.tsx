import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listExamPlansOptions, listOverdueExamTasksOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { daysUntil } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { monthsOf } from "./calendar.ts";

/** Exam plans as a list, as a calendar of their dates, or by what is overdue. */
export function Plans() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views = [
    ["list", t("exams.view.list")],
    ["calendar", t("exams.view.calendar")],
    ["tasks", t("exams.view.tasks")],
  ] as const;
  const view = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.examPlans")}>
        <Views views={views} now={view} label={t("menu.examPlans")} />
        {may("exam_plans:create") && (
          <LinkButton to="/exam-plans/new" isPrimary>
            {t("exams.announce")}
          </LinkButton>
        )}
      </PageHead>
      {view === "list" && <PlanList />}
      {view === "calendar" && <Calendar />}
      {view === "tasks" && <Overdue />}
    </>
  );
}

function PlanList() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const field = useField();
  return (
    <List
      name="exam-plans"
      label={t("menu.examPlans")}
      options={(query) => listExamPlansOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/exam-plans/${it.id}`}
      columns={[
        { key: "name", title: field("name"), show: (it) => it.name },
        { key: "code", title: field("code"), show: (it) => it.code },
        { key: "closes", title: field("registration_closes_on"), show: (it) => it.registration_closes_on },
        { key: "exam_on", title: field("exam_on"), show: (it) => it.exam_on },
        { key: "candidates", title: field("candidates"), show: (it) => it.candidates, isNumber: true },
        { key: "results", title: field("results"), show: (it) => it.results, isNumber: true },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
      ]}
      empty={{
        title: t("exams.none"),
        hint: t("exams.noneHint"),
        action: may("exam_plans:create") && <LinkButton to="/exam-plans/new">{t("exams.announce")}</LinkButton>,
      }}
    />
  );
}

function Calendar() {
  const { t } = useTranslation("staff");
  const field = useField();
  const awayOf = (days: number): string =>
    days < 0 ? t("exams.daysAgo", { days: -days }) : t("exams.inDays", { days });
  return (
    <Loaded options={listExamPlansOptions({ query: { page_size: 100 } })}>
      {(page) => (
        <div className="calendar">
          {monthsOf(page.items).map(([month, days]) => (
            <section className="panel" key={month}>
              <h2>{month}</h2>
              <ul>
                {days.map((day) => (
                  <li key={`${day.on}-${day.kind}-${day.plan.id}`}>
                    <time dateTime={day.on}>{day.on}</time> <strong>{field(day.kind)}</strong>{" "}
                    <Link to={`/exam-plans/${day.plan.id}` as never}>{day.plan.name}</Link>{" "}
                    <span className="muted">{awayOf(daysUntil(day.on))}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Loaded>
  );
}

function Overdue() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="overdue-tasks"
      label={t("work.tasks")}
      options={(query) => listOverdueExamTasksOptions({ query })}
      keyOf={(it) => `${it.exam_plan_id}-${it.kind}`}
      to={(it) => `/exam-plans/${it.exam_plan_id}`}
      columns={[
        { key: "plan", title: field("plan"), show: (it) => it.plan_name },
        { key: "kind", title: t("exams.task"), show: (it) => word(it.kind) },
        { key: "due_on", title: field("due_on"), show: (it) => it.due_on },
      ]}
      empty={{ title: t("exams.noneOverdue"), hint: "" }}
    />
  );
}
