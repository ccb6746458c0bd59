import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { registerFile } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, ManyRegisteredOut } from "@/api/staff/types.gen.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Labelled } from "@/ui/staff/Labelled.tsx";
import { Outcome } from "./Outcome.tsx";
import { useStudentNames } from "./students.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A list as a table: rehearsed row by row, and the faults stay beside the next file until it was read. */
export function FromFile({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const queryClient = useQueryClient();
  const file = useRef<File | null>(null);
  const [outcome, setOutcome] = useState<ManyRegisteredOut | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const nameOf = useStudentNames(outcome?.refused.flatMap((it) => (it.student_id ? [it.student_id] : [])) ?? []);
  const send = async (validate_only: boolean): Promise<void> => {
    if (!file.current) return;
    const type = file.current.name.toLowerCase().endsWith(".csv") ? "text/csv" : XLSX;
    setBusy(true);
    setError(null);
    try {
      const { data } = await registerFile({
        path: { exam_plan_id: plan.id },
        query: { validate_only },
        body: new Blob([await file.current.arrayBuffer()], { type }),
        bodySerializer: null,
        headers: { "Content-Type": type },
        throwOnError: true,
      });
      setOutcome(data);
      if (!validate_only) {
        file.current = null;
        await queryClient.invalidateQueries();
      }
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const save = (): void => {
    download("/v1/registration-template", "registrations.xlsx").catch(setError);
  };
  return (
    <>
      <p className="page-deeds">
        <Button onClick={save}>{t("imports.template")}</Button>
      </p>
      <Labelled label={t("planning.file")} hint={t("planning.fileHint")}>
        <input
          type="file"
          accept=".xlsx,.csv"
          disabled={isBusy}
          onChange={(event) => {
            file.current = event.target.files?.[0] ?? null;
            // The same file, mended, can be chosen again.
            event.target.value = "";
            void send(true);
          }}
        />
      </Labelled>
      {error !== null && <ProblemNote error={error} />}
      {outcome?.validate_only && outcome.accepted + outcome.waiting > 0 && (
        <p className="page-deeds">
          <Button type="primary" loading={isBusy} onClick={() => void send(false)}>
            {t("planning.registerMany", { count: outcome.accepted + outcome.waiting })}
          </Button>
        </p>
      )}
      {outcome && <Outcome of={outcome} nameOf={nameOf} />}
    </>
  );
}
