import { useNavigate } from "@tanstack/react-router";
import { Button, Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listImportKindsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ImportKindOut } from "@/api/staff/types.gen.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { DropTable } from "@/ui/staff/DropTable.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { send } from "./send.ts";

/** The first step: what is to be imported, its template, and the file. */
export function NewImport() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("imports.start")} hint={t("imports.hint")} />
      <Steps
        current={0}
        items={["upload", "preview", "apply"].map((step) => ({ title: t(`imports.step.${step as "upload"}`) }))}
      />
      <br />
      <Loaded options={listImportKindsOptions()}>{(kinds) => <Choose kinds={kinds.items} />}</Loaded>
    </>
  );
}

function Choose({ kinds }: { kinds: ImportKindOut[] }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const [name, setName] = useState(kinds.find((it) => it.kind === "students")?.kind ?? kinds[0]?.kind ?? "");
  const [mode, setMode] = useState<"delta" | "full">("delta");
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const kind = kinds.find((it) => it.kind === name);
  const upload = async (file: File): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const id = await send({ kind: name, mode, file });
      await navigate({ to: `/imports/${id}` as never });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  if (!kind) return null;
  return (
    <section className="panel">
      <div className="both">
        <label className="field">
          <span>{t("imports.what")}</span>
          <select value={name} onChange={(event) => setName(event.target.value)}>
            {kinds.map((it) => (
              <option key={it.kind} value={it.kind}>
                {it.title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t("imports.mode")}</span>
          <select value={mode} onChange={(event) => setMode(event.target.value === "full" ? "full" : "delta")}>
            <option value="delta">{t("imports.delta")}</option>
            <option value="full">{t("imports.full")}</option>
          </select>
          <small>{mode === "full" ? kind.lacking : t("imports.deltaHint")}</small>
        </label>
      </div>
      <p>
        <Button onClick={() => void download(kind.template_url, `${kind.kind}.xlsx`).catch(setError)}>
          {t("imports.template")}
        </Button>
      </p>
      <DropTable label={t("imports.drop")} isBusy={isBusy} onFile={(file) => void upload(file)} />
      {error !== null && <ProblemNote error={error} />}
      <Columns kind={kind} />
    </section>
  );
}

function Columns({ kind }: { kind: ImportKindOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <details>
      <summary>{t("imports.columns")}</summary>
      <Grid
        label={t("imports.columns")}
        rows={kind.columns}
        keyOf={(it) => it.name}
        columns={[
          { key: "header", title: t("imports.header"), show: (it) => it.header },
          { key: "required", title: t("imports.required"), show: (it) => word(String(it.required)) },
          { key: "example", title: t("imports.example"), show: (it) => it.example },
          { key: "note", title: t("imports.note"), show: (it) => it.note || it.choices.join("、") },
        ]}
      />
    </details>
  );
}
