import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  getCreditAccountOptions,
  listAwardsOptions,
  listCourseGradesOptions,
  listCoursesOptions,
  listRegistrationsOptions,
  listStudentStandingsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import type { StudentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useProgrammes } from "@/ui/staff/names.ts";
import { OpenAccount } from "@/ui/staff/OpenAccount.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function Account({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const account = useQuery({ ...getCreditAccountOptions({ path: { student_id: id } }), retry: false });
  const shown = account.data;
  return (
    <section className="panel">
      <h2>{t("menu.account_of")}</h2>
      {account.isPending && <Waiting />}
      {account.error && problemOf(account.error).status === 404 && <OpenAccount studentId={id} />}
      {account.error && problemOf(account.error).status !== 404 && <ProblemNote error={account.error} />}
      {shown && (
        <>
          <Facts
            facts={(["accumulated", "pending", "held", "available"] as const).map((it) => [field(it), shown[it]])}
          />
          <p>
            <Link to={`/credit-accounts/${id}` as never}>{t("record.wholeAccount")}</Link>
          </p>
        </>
      )}
    </section>
  );
}

/** Where the student stood, since when and why. */
export function Standings({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const programmes = useProgrammes();
  return (
    <section className="panel">
      <h2>{t("record.standings")}</h2>
      <Loaded options={listStudentStandingsOptions({ path: { student_id: id }, query: { page_size: 100 } })}>
        {(page) => (
          <Grid
            label={t("record.standings")}
            rows={page.items}
            keyOf={(it) => it.id}
            columns={[
              { key: "on", title: field("effective_from"), show: (it) => it.effective_on },
              { key: "status", title: field("state"), show: (it) => <State of={it.status} /> },
              { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
              { key: "class", title: field("class_name"), show: (it) => it.class_name },
              { key: "year", title: field("entry_year"), show: (it) => it.entry_year, isNumber: true },
              { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
              { key: "at", title: t("creditPolicies.loadedAt"), show: (it) => instant(it.recorded_at) },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

export function Grades({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const courses = useQuery(listCoursesOptions({ query: { programme_id: student.programme_id, page_size: 100 } }));
  const nameOf = (id: string): string => courses.data?.items.find((it) => it.id === id)?.name ?? id.slice(0, 8);
  return (
    <section className="panel">
      <h2>{t("menu.courseGrades")}</h2>
      <Loaded options={listCourseGradesOptions({ query: { student_id: student.id, page_size: 100 } })}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="muted">{t("grades.noneOf")}</p>
          ) : (
            <Grid
              label={t("menu.courseGrades")}
              rows={page.items}
              keyOf={(it) => it.id}
              to={(it) => `/course-grades/${it.id}`}
              columns={[
                { key: "course", title: field("course"), show: (it) => nameOf(it.course_id) },
                { key: "term", title: t("grades.term"), show: (it) => it.term },
                { key: "grade", title: field("grade"), show: (it) => it.score ?? it.grade_word ?? "—", isNumber: true },
                { key: "passed", title: t("grades.passed"), show: (it) => word(String(it.passed)) },
              ]}
            />
          )
        }
      </Loaded>
      {may("course_grades:write") && (
        <div className="panel-deeds">
          <LinkButton to={`/course-grades/new?student_id=${student.id}`}>{t("grades.enter")}</LinkButton>
        </div>
      )}
    </section>
  );
}

export function Registrations({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("menu.registrations")}</h2>
      <Loaded options={listRegistrationsOptions({ query: { student_id: id } })}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="muted">{t("record.noRegistrations")}</p>
          ) : (
            <Grid
              label={t("menu.registrations")}
              rows={page.items}
              keyOf={(it) => it.id}
              columns={[
                {
                  key: "plan",
                  title: field("plan"),
                  show: (it) => (
                    <Link to={`/exam-plans/${it.exam_plan_id}` as never}>
                      {it.admission_number ?? t("common.open")}
                    </Link>
                  ),
                },
                { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
                { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

export function Awards({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("menu.awards")}</h2>
      <Loaded options={listAwardsOptions({ query: { student_id: id } })}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="muted">{t("record.noAwards")}</p>
          ) : (
            <Grid
              label={t("menu.awards")}
              rows={page.items}
              keyOf={(it) => it.id}
              to={(it) => `/awards/${it.id}`}
              columns={[
                { key: "number", title: field("number"), show: (it) => it.number },
                { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
                { key: "issued_on", title: field("issued_on"), show: (it) => it.issued_on },
                { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
