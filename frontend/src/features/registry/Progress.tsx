import { Link } from "@tanstack/react-router";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { getStudentProgressOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { StudentProgressOut } from "@/api/staff/types.gen.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** How far the student is: the diploma by kinds of credits, and each certificate. */
export function Progress({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("menu.progress")}</h2>
      <Loaded options={getStudentProgressOptions({ path: { student_id: id } })}>
        {(it) => (
          <>
            {it.missing.length > 0 && (
              <Alert
                type="warning"
                showIcon
                title={t("progress.missing")}
                description={it.missing.map((lack) => lack.detail).join(" ")}
                style={{ marginBottom: 12 }}
              />
            )}
            <Diploma progress={it} />
            <Certificates progress={it} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Diploma({ progress }: { progress: StudentProgressOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const { diploma } = progress;
  return (
    <>
      <Facts
        facts={[
          [t("trainingPlan.credits"), diploma.required],
          [t("progress.earned"), diploma.earned],
          [t("progress.converted"), diploma.converted],
          [t("progress.left"), diploma.left],
          [t("progress.outside"), diploma.outside_plan],
          [
            t("progress.plan"),
            diploma.training_plan_id && (
              <Link key="plan" to={`/training-plans/${diploma.training_plan_id}` as never}>
                v{diploma.training_plan_version}
              </Link>
            ),
          ],
        ]}
      />
      {diploma.categories.length > 0 && (
        <>
          <h3>{t("progress.diploma")}</h3>
          <Grid
            label={t("progress.diploma")}
            rows={diploma.categories}
            keyOf={(it) => it.category}
            columns={[
              { key: "category", title: field("category"), show: (it) => word(it.category) },
              { key: "required", title: t("trainingPlan.required"), show: (it) => it.required ?? "—", isNumber: true },
              { key: "earned", title: t("progress.earned"), show: (it) => it.earned, isNumber: true },
              { key: "converted", title: t("progress.converted"), show: (it) => it.converted, isNumber: true },
              { key: "left", title: t("progress.left"), show: (it) => it.left ?? "—", isNumber: true },
              { key: "must", title: t("progress.mustLeft"), show: (it) => it.compulsory_left, isNumber: true },
              { key: "convertible", title: t("progress.convertible"), show: (it) => it.convertible, isNumber: true },
            ]}
          />
        </>
      )}
    </>
  );
}

function Certificates({ progress }: { progress: StudentProgressOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  if (progress.certificates.length === 0) return <p className="muted">{t("progress.noCertificates")}</p>;
  return (
    <>
      <h3>{t("progress.certificates")}</h3>
      <Grid
        label={t("progress.certificates")}
        rows={progress.certificates}
        keyOf={(it) => it.certificate_level_id}
        columns={[
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "stage", title: t("progress.stage"), show: (it) => <State of={`stage_${it.stage}`} /> },
          { key: "sat", title: t("progress.sat"), show: (it) => it.sat, isNumber: true },
          { key: "last", title: t("progress.lastExam"), show: (it) => it.last_exam_on ?? "—" },
          {
            key: "award",
            title: field("number"),
            show: (it) => (it.award_id ? <Link to={`/awards/${it.award_id}` as never}>{it.award_number}</Link> : "—"),
          },
          { key: "deposited", title: field("credits"), show: (it) => it.deposited, isNumber: true },
          { key: "why", title: t("credits.why"), show: (it) => word(it.deposit) },
        ]}
      />
    </>
  );
}
