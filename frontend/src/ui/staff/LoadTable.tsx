import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { type SentTable, sentTable } from "@/lib/tables.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { DropTable } from "./DropTable.tsx";
import { Grid } from "./Grid.tsx";

/** What is wrong with one cell of a table. */
export interface CellFault {
  row?: number | null;
  column?: string | null;
  code: string;
  detail: string;
}

interface Rehearsed {
  rows: number;
  refused: readonly CellFault[];
}

interface Props<Answer extends Rehearsed> {
  title: string;
  hint: string;
  template: { path: string; file: string };
  send: (table: SentTable, isRehearsal: boolean) => Promise<Answer>;
  /** What the table would do, told before it is done. */
  preview: (answer: Answer) => ReactNode;
  onLoaded?: (answer: Answer) => void;
}

/** A table is rehearsed first: what is wrong stays on screen until a mended file is answered; then it is taken whole. */
export function LoadTable<Answer extends Rehearsed>(props: Props<Answer>) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async (chosen: File, isRehearsal: boolean): Promise<void> => {
    setBusy(true);
    try {
      const told = await props.send(await sentTable(chosen), isRehearsal);
      setError(null);
      setFile(isRehearsal ? chosen : null);
      setAnswer(isRehearsal ? told : null);
      if (isRehearsal) return;
      message.success(t("loadTable.loaded", { rows: told.rows }));
      props.onLoaded?.(told);
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setAnswer(null);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const faults: readonly CellFault[] = error !== null ? problemOf(error).errors : (answer?.refused ?? []);
  return (
    <section className="panel">
      <h2>{props.title}</h2>
      <p className="muted">{props.hint}</p>
      <p>
        <Button onClick={() => void download(props.template.path, props.template.file).catch(setError)}>
          {t("loadTable.template")}
        </Button>
      </p>
      <DropTable label={t("loadTable.drop")} isBusy={isBusy} onFile={(chosen) => void ask(chosen, true)} />
      {faults.length > 0 && <Faults faults={faults} />}
      {error !== null && <ProblemNote error={error} />}
      {file && answer && answer.refused.length === 0 && (
        <div className="consequence">
          <p>
            {t("loadTable.fits", { file: file.name, rows: answer.rows })} {props.preview(answer)}
          </p>
          <Button type="primary" loading={isBusy} onClick={() => void ask(file, false)}>
            {t("loadTable.load")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Faults({ faults }: { faults: readonly CellFault[] }) {
  const { t } = useTranslation("staff");
  return (
    <>
      <h3>{t("loadTable.faults", { count: faults.length })}</h3>
      <Grid
        label={t("loadTable.faults", { count: faults.length })}
        rows={faults}
        keyOf={(it) => `${it.row}-${it.column}-${it.code}`}
        columns={[
          { key: "row", title: t("imports.row"), show: (it) => it.row ?? "—", isNumber: true },
          { key: "column", title: t("imports.column"), show: (it) => it.column ?? "—" },
          { key: "detail", title: t("imports.fault"), show: (it) => it.detail },
          { key: "code", title: t("imports.code"), show: (it) => <code>{it.code}</code> },
        ]}
      />
    </>
  );
}
