import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeCostSheet, getCostSheet } from "@/api/staff/sdk.gen.ts";
import type { CostSheetOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Labelled } from "@/ui/staff/Labelled.tsx";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LineGrid } from "./LineGrid.tsx";
import { type Entered, enteredOf, lineOf, toldLines } from "./lines.ts";

/** A sheet is written anew with all its lines; what the rules say of it is told when it is saved. */
export function CostSheetEditor({ sheet, onClose }: { sheet: CostSheetOut; onClose: () => void }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  // What was shown when the form was opened is what the change is checked against.
  const [shown] = useState(sheet);
  const [candidates, setCandidates] = useState(String(shown.candidates));
  const [isMarked, setMarked] = useState(shown.machine_marked);
  const [lines, setLines] = useState<Entered[]>(() => enteredOf(shown));
  const to = { path: { cost_sheet_id: shown.id }, throwOnError: true } as const;
  const told = (it: { candidates: number; machine_marked: boolean; lines: Entered[] }): Record<string, string> => ({
    candidates: String(it.candidates),
    machine_marked: word(String(it.machine_marked)),
    lines: toldLines(it.lines, (code) => word(code, "cost")),
  });
  return (
    <SavingForm
      submit={t("fees.saveAndCheck")}
      change={{
        shown,
        read: async () => (await getCostSheet(to)).data,
        told: (it) => told({ ...it, lines: enteredOf(it) }),
        mine: () => told({ candidates: Number(candidates), machine_marked: isMarked, lines }),
      }}
      save={(over = shown) =>
        changeCostSheet({
          ...to,
          body: { candidates: Number(candidates), machine_marked: isMarked, lines: lines.map(lineOf) },
          headers: ifMatch(over),
        })
      }
      onSaved={onClose}
      onCancel={onClose}
    >
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
    </SavingForm>
  );
}
