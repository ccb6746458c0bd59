import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeCostSheet, getCostSheet } from "@/api/staff/sdk.gen.ts";
import type { CostSheetOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { isConflict } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict } from "@/ui/staff/Conflict.tsx";
import { Labelled } from "@/ui/staff/Labelled.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LineGrid } from "./LineGrid.tsx";
import { type Entered, enteredOf, lineOf, toldLines } from "./lines.ts";

/** A sheet is written anew with all its lines; what the rules say of it is told when it is saved. */
export function CostSheetEditor({ sheet, onClose }: { sheet: CostSheetOut; onClose: () => void }) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const word = useWords();
  const queryClient = useQueryClient();
  // What was shown when the form was opened is what the change is checked against.
  const [shown] = useState(sheet);
  const [candidates, setCandidates] = useState(String(shown.candidates));
  const [isMarked, setMarked] = useState(shown.machine_marked);
  const [lines, setLines] = useState<Entered[]>(() => enteredOf(shown));
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const path = { cost_sheet_id: shown.id };
  const read = async (): Promise<CostSheetOut> => (await getCostSheet({ path, throwOnError: true })).data;
  const told = (it: { candidates: number; machine_marked: boolean; lines: Entered[] }): Record<string, string> => ({
    candidates: String(it.candidates),
    machine_marked: word(String(it.machine_marked)),
    lines: toldLines(it.lines, (code) => word(code, "cost")),
  });
  const save = async (over: CostSheetOut): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await changeCostSheet({
        path,
        body: { candidates: Number(candidates), machine_marked: isMarked, lines: lines.map(lineOf) },
        headers: ifMatch(over),
        throwOnError: true,
      });
      message.success(t("common.done", { deed: t("common.save") }));
      await queryClient.invalidateQueries();
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const leave = async (): Promise<void> => {
    await queryClient.invalidateQueries();
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void save(shown);
  };
  return (
    <form className="panel" onSubmit={submit}>
      <div className="both">
        <Labelled label={t("fees.reckonedFor")} hint={t("fees.reckonedForHint")}>
          <input
            type="number"
            min={1}
            required
            value={candidates}
            onChange={(event) => setCandidates(event.target.value)}
          />
        </Labelled>
        <label className="check">
          <input type="checkbox" checked={isMarked} onChange={(event) => setMarked(event.target.checked)} />{" "}
          {t("fees.machineMarked")}
        </label>
      </div>
      <h2>{t("fees.lines")}</h2>
      <LineGrid lines={lines} findings={shown.findings} onChange={setLines} />
      {error !== null && isConflict(error) && (
        <>
          <Conflict
            was={told({ ...shown, lines: enteredOf(shown) })}
            mine={told({ candidates: Number(candidates), machine_marked: isMarked, lines })}
            read={async () => {
              const now = await read();
              return told({ ...now, lines: enteredOf(now) });
            }}
          />
          <p className="page-deeds">
            <Button danger loading={isBusy} onClick={() => void read().then(save)}>
              {t("fees.overwrite")}
            </Button>
            <Button onClick={() => void leave()}>{t("fees.takeTheirs")}</Button>
          </p>
        </>
      )}
      {error !== null && <ProblemNote error={error} />}
      <p className="page-deeds">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("fees.saveAndCheck")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </p>
    </form>
  );
}
