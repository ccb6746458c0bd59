import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { registerCohort } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, ManyRegisteredOut } from "@/api/staff/types.gen.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { useProgrammes } from "@/ui/staff/names.ts";
import { Outcome } from "./Outcome.tsx";
import { type Group, useGroupNames } from "./students.ts";
import { firstWish, Wish, wishOf } from "./Wish.tsx";

/** A year or a class of a programme: rehearsed first, then registered, and whoever is refused stays on the screen. */
export function Cohort({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const queryClient = useQueryClient();
  const programmes = useProgrammes();
  const form = useRef<HTMLFormElement>(null);
  const [wished, setWished] = useState(() => firstWish(plan));
  const [outcome, setOutcome] = useState<ManyRegisteredOut | null>(null);
  const [group, setGroup] = useState<Group | null>(null);
  const nameOf = useGroupNames(group);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (validate_only: boolean): Promise<void> => {
    if (!form.current?.reportValidity()) return;
    const given = new FormData(form.current);
    const asked: Group = {
      programme_id: String(given.get("programme_id")),
      entry_year: Number(given.get("entry_year")),
      class_name: String(given.get("class_name") ?? "") || null,
    };
    setBusy(true);
    setError(null);
    try {
      const { data } = await registerCohort({
        path: { exam_plan_id: plan.id },
        query: { validate_only },
        body: { ...asked, ...wishOf(wished) },
        throwOnError: true,
      });
      setGroup(asked);
      setOutcome(data);
      if (!validate_only) await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void run(true);
      }}
      onChange={() => setOutcome(null)}
    >
      <Wish plan={plan} wished={wished} onChange={setWished} />
      <div className="both">
        <Labelled label={field("programme")}>
          <select name="programme_id" required>
            <Options of={programmes} />
          </select>
        </Labelled>
        <Labelled label={field("entry_year")}>
          <input name="entry_year" type="number" required />
        </Labelled>
        <Labelled label={field("class_name")} hint={t("planning.classHint")}>
          <input name="class_name" />
        </Labelled>
      </div>
      {error !== null && <ProblemNote error={error} />}
      <p className="page-deeds">
        <Button htmlType="submit" loading={isBusy} type={outcome ? "default" : "primary"}>
          {t("planning.rehearse")}
        </Button>
        {outcome?.validate_only && outcome.accepted + outcome.waiting > 0 && (
          <Button type="primary" loading={isBusy} onClick={() => void run(false)}>
            {t("planning.registerMany", { count: outcome.accepted + outcome.waiting })}
          </Button>
        )}
      </p>
      {outcome && <Outcome of={outcome} nameOf={nameOf} />}
    </form>
  );
}
