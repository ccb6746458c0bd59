import { useTranslation } from "react-i18next";
import {
  getExamPlanOptions,
  getExamSittingOptions,
  listExamSittingsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useCoverage } from "./coverage.ts";
import { SittingForm } from "./SittingForm.tsx";

/** A plan's sittings, and the way to another. */
export function Sittings({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const coverage = useCoverage(plan.id);
  const warned = (id: string): string =>
    coverage
      .get(id)
      ?.warnings.map((code) => word(code, "qualification"))
      .join("；") || "—";
  const arrange = plan.allowed_deeds.includes("arrange_sitting") && (
    <LinkButton to={`/exam-plans/${plan.id}/sittings/new`}>{t("planning.arrange")}</LinkButton>
  );
  return (
    <section className="panel">
      <h2>{t("exams.sittings")}</h2>
      <Loaded options={listExamSittingsOptions({ path: { exam_plan_id: plan.id }, query: { page_size: 100 } })}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("exams.noSittings")} hint={t("planning.noSittingsHint")}>
              {arrange}
            </Empty>
          ) : (
            <>
              {arrange && <div className="page-deeds">{arrange}</div>}
              <Grid
                label={t("exams.sittings")}
                rows={page.items}
                keyOf={(it) => it.id}
                to={(it) => `/exam-sittings/${it.id}`}
                columns={[
                  { key: "code", title: field("code"), show: (it) => it.code },
                  { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
                  { key: "site", title: field("site"), show: (it) => it.site_name },
                  { key: "starts", title: field("starts_at"), show: (it) => instant(it.starts_at) },
                  { key: "seats", title: field("seats"), show: (it) => `${it.taken} / ${it.seats}`, isNumber: true },
                  { key: "coverage", title: t("quals.warnTitle"), show: (it) => warned(it.id) },
                  { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

/** A sitting of a published plan, arranged. */
export function NewSitting({ planId }: { planId: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getExamPlanOptions({ path: { exam_plan_id: planId } })}>
      {(plan) => (
        <>
          <PageHead title={t("planning.arrange")} hint={`${plan.name} · ${t("planning.arrangeHint")}`} />
          <SittingForm plan={plan} />
        </>
      )}
    </Loaded>
  );
}

/** A sitting that has not begun, written anew. */
export function ChangeSitting({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getExamSittingOptions({ path: { sitting_id: id } })}>
      {(sitting) => (
        <Loaded options={getExamPlanOptions({ path: { exam_plan_id: sitting.exam_plan_id } })}>
          {(plan) => (
            <>
              <PageHead
                title={t("planning.changeSitting", { code: sitting.code })}
                hint={t("planning.changeSittingHint")}
              />
              <SittingForm plan={plan} was={sitting} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
