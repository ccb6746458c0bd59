import { useTranslation } from "react-i18next";
import { getExamSittingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { cancelExamSitting } from "@/api/staff/sdk.gen.ts";
import type { SittingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Attendance } from "./Attendance.tsx";
import { CheckIn } from "./check_in/CheckIn.tsx";
import { ExaminerCoverage } from "./ExaminerCoverage.tsx";
import { Incidents } from "./Incidents.tsx";
import { Seating } from "./Seating.tsx";
import "./exam-days.css";

/** A sitting and its day. An examiner may run the day without the right to read the plan; then the head is short. */
export function Sitting({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  if (!may("exam_sittings:read")) {
    return (
      <>
        <PageHead title={t("days.sitting")} hint={t("days.examinerHint")} />
        <Day id={id} />
      </>
    );
  }
  return (
    <Loaded options={getExamSittingOptions({ path: { sitting_id: id } })}>{(it) => <Known sitting={it} />}</Loaded>
  );
}

function Known({ sitting }: { sitting: SittingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <PageHead
        title={`${sitting.certificate_name} ${word(`level_${sitting.level}`)} · ${sitting.code}`}
        state={<State of={sitting.state} />}
        hint={`${sitting.site_name} · ${sitting.address}`}
      >
        {sitting.allowed_deeds.includes("change") && (
          <LinkButton to={`/exam-sittings/${sitting.id}/edit`}>{t("common.edit")}</LinkButton>
        )}
        <Deeds
          allowed={sitting.allowed_deeds}
          deeds={{
            cancel: {
              consequence: t("exams.cancelSittingSays", { count: sitting.taken }),
              isDanger: true,
              typed: sitting.code,
              fields: [{ name: "reason", label: field("reason"), type: "long" }],
              run: (it) =>
                cancelExamSitting({
                  path: { sitting_id: sitting.id },
                  body: { reason: it.reason ?? "" },
                  throwOnError: true,
                }),
            },
          }}
        />
        <LinkButton to={`/exam-plans/${sitting.exam_plan_id}`}>{t("planning.toPlan")}</LinkButton>
      </PageHead>
      <Day id={sitting.id} sitting={sitting} />
    </>
  );
}

/** What is there of the day, one view at a time, each for who may see it. */
function Day({ id, sitting }: { id: string; sitting?: SittingOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const all = [
    ["overview", t("days.view.overview"), sitting !== undefined],
    ["seats", t("days.view.seats"), may("seats:read")],
    ["check_in", t("days.view.checkIn"), may("check_ins:take")],
    ["attendance", t("days.view.attendance"), may("attendance:read")],
    ["incidents", t("days.view.incidents"), may("exam_incidents:read")],
  ] as const;
  const views = all.flatMap(([name, title, isShown]) => (isShown ? [[name, title] as const] : []));
  const view = viewIn(views, search.view);
  return (
    <>
      <Views views={views} now={view} label={t("days.views")} />
      {view === "overview" && sitting && <Overview sitting={sitting} />}
      {view === "seats" && <Seating id={id} />}
      {view === "check_in" && <CheckIn id={id} />}
      {view === "attendance" && <Attendance id={id} />}
      {view === "incidents" && <Incidents id={id} {...(sitting && { sitting })} />}
    </>
  );
}

function Overview({ sitting }: { sitting: SittingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <section className="panel">
        <Facts
          facts={[
            [field("starts_at"), instant(sitting.starts_at)],
            [field("ends_at"), instant(sitting.ends_at)],
            [field("seats"), `${sitting.taken} / ${sitting.seats}`],
            [t("days.shared"), word(String(sitting.is_shared))],
            ...(sitting.cancelled_at
              ? ([
                  [t("days.cancelledAt"), instant(sitting.cancelled_at)],
                  [field("reason"), sitting.cancellation_reason],
                ] as const)
              : []),
          ]}
        />
      </section>
      <div className="both">
        <section className="panel">
          <h2>{t("planning.rooms")}</h2>
          <Grid
            label={t("planning.rooms")}
            rows={sitting.rooms}
            keyOf={(it) => it.room_id}
            columns={[
              { key: "code", title: field("code"), show: (it) => it.code },
              { key: "name", title: field("name"), show: (it) => it.name },
              { key: "seats", title: field("seats"), show: (it) => it.seats, isNumber: true },
            ]}
          />
        </section>
        <section className="panel">
          <h2>{t("planning.examiners")}</h2>
          <ExaminerCoverage sittingId={sitting.id} />
        </section>
      </div>
      <Audit of={sitting.id} />
    </>
  );
}
