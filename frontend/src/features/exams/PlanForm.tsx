import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announceExamPlan, changeExamPlan, getExamPlan } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, ExamPlanTerms } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { type FieldName, useField } from "@/ui/staff/fields.ts";
import { useInstitutions } from "@/ui/staff/institutions.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";
import { useLevelsOf } from "@/ui/staff/names.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";

const DATES = [
  ["registration_opens_on", true],
  ["registration_closes_on", true],
  ["candidates_locked_on", false],
  ["seats_arranged_on", false],
  ["tickets_on", false],
  ["exam_on", true],
  ["results_due_on", false],
] as const satisfies readonly (readonly [FieldName, boolean])[];

/** What the form says, as the service takes it; a day left empty is none. */
function termsOf(given: FormData): ExamPlanTerms {
  const text = (name: string): string => String(given.get(name) ?? "");
  const day = (name: string): string | null => text(name) || null;
  return {
    code: text("code"),
    name: text("name"),
    certificate_level_ids: given.getAll("levels").map(String),
    registration_opens_on: text("registration_opens_on"),
    registration_closes_on: text("registration_closes_on"),
    candidates_locked_on: day("candidates_locked_on"),
    seats_arranged_on: day("seats_arranged_on"),
    tickets_on: day("tickets_on"),
    exam_on: text("exam_on"),
    results_due_on: day("results_due_on"),
    objections_until: text("objections_until") ? momentOf(text("objections_until")) : null,
  };
}

function shownOf({ certificate_level_ids: _, ...terms }: ExamPlanTerms): Record<string, string> {
  return Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, String(value ?? "—")]));
}

/** A plan as a draft: announced anew, or changed as long as nobody has published it. */
export function PlanForm({ was }: { was?: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const me = useMe();
  const levels = useLevelsOf(me.organisation_id);
  const institutions = useInstitutions();
  // What was shown first is what a change is checked against, whatever is fetched meanwhile.
  const [shown] = useState(was);
  const send = async (over: ExamPlanOut | undefined, given: FormData): Promise<ExamPlanOut> => {
    const terms = termsOf(given);
    if (over) {
      const path = { exam_plan_id: over.id };
      return (await changeExamPlan({ path, body: terms, headers: ifMatch(over), throwOnError: true })).data;
    }
    const institution_id = String(given.get("institution_id") ?? "");
    const body = { ...terms, draft: true, ...(institution_id && { institution_id }) };
    return (await announceExamPlan({ body, throwOnError: true })).data;
  };
  const leave = ({ id }: { id: string }): Promise<void> => navigate({ to: `/exam-plans/${id}` as never });
  return (
    <SavingForm
      change={
        shown && {
          shown,
          read: async () => (await getExamPlan({ path: { exam_plan_id: shown.id }, throwOnError: true })).data,
          mine: (given) => shownOf(termsOf(given)),
        }
      }
      save={send}
      onSaved={leave}
      {...(shown ? { onCancel: () => void leave(shown) } : { submit: t("exams.saveDraft") })}
    >
      {(faults) => (
        <div className="both">
          {!shown && !me.institution_id && (
            <Labelled
              label={t("planning.institution")}
              fault={faults.institution_id}
              hint={t("planning.institutionHint")}
            >
              <select name="institution_id" required>
                <Options of={institutions} />
              </select>
            </Labelled>
          )}
          <Labelled label={field("name")} fault={faults.name}>
            <input name="name" required defaultValue={shown?.name} />
          </Labelled>
          <Labelled label={field("code")} fault={faults.code} hint={t("planning.codeHint")}>
            <input name="code" required maxLength={48} defaultValue={shown?.code} />
          </Labelled>
          <Labelled label={t("planning.levels")} fault={faults.certificate_level_ids} hint={t("planning.levelsHint")}>
            <select
              key={levels.length}
              name="levels"
              multiple
              required
              size={5}
              defaultValue={shown?.levels.map((it) => it.certificate_level_id) ?? []}
            >
              <Options of={levels} empty={null} />
            </select>
          </Labelled>
          {DATES.map(([name, required]) => (
            <Labelled
              key={name}
              label={field(name)}
              fault={faults[name]}
              {...(!required && { hint: t("planning.optionalDay") })}
            >
              <input name={name} type="date" required={required} defaultValue={shown?.[name] ?? ""} />
            </Labelled>
          ))}
          <Labelled
            label={field("objections_until")}
            fault={faults.objections_until}
            hint={t("planning.objectionsHint")}
          >
            <input name="objections_until" type="datetime-local" defaultValue={localOf(shown?.objections_until)} />
          </Labelled>
        </div>
      )}
    </SavingForm>
  );
}
