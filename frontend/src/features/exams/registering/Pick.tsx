import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listStudentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { registerStudents } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, StudentOut } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useProgrammes } from "@/ui/staff/names.ts";
import { Eligibility } from "./Eligibility.tsx";
import { useStudentNames } from "./students.ts";
import { firstWish, Wish, wishOf } from "./Wish.tsx";

/** Students found in the register, chosen one by one, and registered together or not at all. */
export function Pick({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const keyed = useIdempotency();
  const programmes = useProgrammes();
  const [wished, setWished] = useState(() => firstWish(plan));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<StudentOut | null>(null);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<{ error: unknown; ids: string[] } | null>(null);
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const register = async (): Promise<void> => {
    const ids = [...chosen];
    const body = { registrations: ids.map((student_id) => ({ student_id, ...wishOf(wished) })) };
    setRefusal(null);
    try {
      const path = { exam_plan_id: plan.id };
      const { data } = await registerStudents({ path, body, headers: keyed(body), throwOnError: true });
      const waiting = data.registrations.filter((it) => it.state === "waiting").length;
      message.success(t("planning.registeredSays", { count: data.registrations.length, waiting }));
      setChosen(new Set());
      await queryClient.invalidateQueries();
    } catch (error) {
      setRefusal({ error, ids });
    }
  };
  return (
    <>
      <Wish plan={plan} wished={wished} onChange={setWished} />
      {refusal && <Faults {...refusal} />}
      <p className="page-deeds">
        <Button type="primary" disabled={chosen.size === 0} onClick={() => setSending(true)}>
          {t("planning.registerChosen", { count: chosen.size })}
        </Button>
      </p>
      <List
        name="students-to-register"
        label={t("menu.students")}
        options={(query) => listStudentsOptions({ query })}
        fixed={{ status: "enrolled" }}
        keyOf={(it) => it.id}
        choice={{ chosen, onChoose: choose }}
        filters={[
          { name: "text", label: t("planning.findStudent") },
          { name: "programme_id", label: field("programme"), options: programmes },
          { name: "entry_year", label: field("entry_year"), type: "number" },
          { name: "class_name", label: field("class_name") },
        ]}
        columns={[
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "student_number", title: field("student_number"), show: (it) => it.student_number },
          { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
          { key: "class_name", title: field("class_name"), show: (it) => it.class_name },
          {
            key: "eligibility",
            title: t("planning.eligibility"),
            show: (it) => <Button onClick={() => setAsked(it)}>{t("planning.explain")}</Button>,
          },
        ]}
        empty={{ title: t("registry.noStudents"), hint: t("registry.noStudentsHint") }}
      />
      {asked && <Eligibility planId={plan.id} student={asked} wished={wished} onClose={() => setAsked(null)} />}
      {isSending && (
        <FormDialog
          title={t("planning.registerChosen", { count: chosen.size })}
          submit={t("planning.register")}
          consequence={t("planning.registerSays", { count: chosen.size })}
          run={register}
          onClose={() => setSending(false)}
        />
      )}
    </>
  );
}

/** Who of those chosen was refused, by name: the service names them by their place. */
function Faults({ error, ids }: { error: unknown; ids: readonly string[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const faults = problemOf(error).errors.flatMap((it) => {
    const place = Number(it.pointer?.match(/^\/registrations\/(\d+)/)?.[1] ?? Number.NaN);
    const id = ids[place];
    return id ? [{ ...it, id }] : [];
  });
  const nameOf = useStudentNames(faults.map((it) => it.id));
  return (
    <>
      <ProblemNote error={error} />
      {faults.length > 0 && (
        <Grid
          label={t("planning.refusedRows")}
          rows={faults}
          keyOf={(it) => `${it.id}-${it.code}`}
          columns={[
            { key: "person", title: field("person"), show: (it) => nameOf(it.id) },
            { key: "detail", title: t("imports.fault"), show: (it) => it.detail },
            { key: "code", title: t("imports.code"), show: (it) => <code>{it.code}</code> },
          ]}
        />
      )}
    </>
  );
}
