import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getTrainingPlanOptions, listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeTrainingPlan, draftTrainingPlan, getTrainingPlan } from "@/api/staff/sdk.gen.ts";
import type { TrainingPlanWithCoursesOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { PlanRows } from "./PlanRows.tsx";
import { bodyOf, draftOf, type PlanDraft, shownOf } from "./planDraft.ts";

export function EditTrainingPlan({ id }: { id: string }) {
  return <Loaded options={getTrainingPlanOptions({ path: { plan_id: id } })}>{(it) => <PlanForm shown={it} />}</Loaded>;
}

/** A plan as a draft: how many credits a diploma takes, of which kinds, by which courses in which term. */
export function PlanForm({ shown: now }: { shown?: TrainingPlanWithCoursesOut }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  // What was shown when the form was opened is what the change is checked against.
  const [shown] = useState(now);
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(shown));
  const put = (change: Partial<PlanDraft>): void => setDraft({ ...draft, ...change });
  const save = async (over: TrainingPlanWithCoursesOut | undefined): Promise<{ id: string }> => {
    const body = bodyOf(draft);
    if (over) {
      return (
        await changeTrainingPlan({ path: { plan_id: over.id }, body, headers: ifMatch(over), throwOnError: true })
      ).data;
    }
    const begin = { ...body, programme_id: draft.programme_id, entry_year: Number(draft.entry_year) };
    return (await draftTrainingPlan({ body: begin, headers: keyFor(begin), throwOnError: true })).data;
  };
  const leave = ({ id }: { id: string }): Promise<void> => navigate({ to: `/training-plans/${id}` as never });
  return (
    <>
      <PageHead title={shown ? t("common.edit") : t("trainingPlan.draft")} hint={t("trainingPlan.draftHint")} />
      <SavingForm
        change={
          shown && {
            shown,
            read: async () => (await getTrainingPlan({ path: { plan_id: shown.id }, throwOnError: true })).data,
            told: (it: TrainingPlanWithCoursesOut) => shownOf(draftOf(it)),
            mine: () => shownOf(draft),
          }
        }
        save={save}
        onSaved={leave}
        {...(shown && { onCancel: () => void leave(shown) })}
        isBarred={draft.courses.length === 0}
      >
        <Heads draft={draft} isNew={!shown} put={put} />
        <PlanRows draft={draft} put={put} />
      </SavingForm>
    </>
  );
}

function Heads({ draft, isNew, put }: { draft: PlanDraft; isNew: boolean; put: (change: Partial<PlanDraft>) => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const programmes = useProgrammes();
  const courses = useQuery({
    ...listCoursesOptions({ query: { programme_id: draft.programme_id, page_size: 100 } }),
    enabled: draft.programme_id !== "",
  });
  /** Most plans hold most courses of their programme: begin with all of them. */
  const takeAll = (): void =>
    put({ courses: (courses.data?.items ?? []).map((it): Values => ({ course_id: it.id, term: "1" })) });
  return (
    <div className="both">
      {isNew && (
        <>
          <label className="field">
            <span>{field("programme")}</span>
            <select
              required
              value={draft.programme_id}
              onChange={(event) => put({ programme_id: event.target.value, courses: [] })}
            >
              <option value="">—</option>
              {programmes.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{field("entry_year")}</span>
            <input
              type="number"
              required
              placeholder={today().slice(0, 4)}
              value={draft.entry_year}
              onChange={(event) => put({ entry_year: event.target.value })}
            />
          </label>
        </>
      )}
      <label className="field">
        <span>{t("trainingPlan.credits")}</span>
        <input
          inputMode="decimal"
          required
          value={draft.graduation_credits}
          onChange={(event) => put({ graduation_credits: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{field("document_number")}</span>
        <input value={draft.document_number} onChange={(event) => put({ document_number: event.target.value })} />
      </label>
      {isNew && draft.programme_id && (
        <p>
          <Button onClick={takeAll}>{t("trainingPlan.takeAll", { count: courses.data?.items.length ?? 0 })}</Button>
        </p>
      )}
    </div>
  );
}
