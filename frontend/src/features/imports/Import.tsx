import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, Button, Progress, Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getImportOptions, getJobOptions, listImportRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmImport, undoImport } from "@/api/staff/sdk.gen.ts";
import type { FaultOfRowOut, ImportOut } from "@/api/staff/types.gen.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { DropTable } from "@/ui/staff/DropTable.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { send } from "./send.ts";

const STEP: Record<string, number> = { uploaded: 1, previewed: 1, refused: 1, confirmed: 2, applied: 3, undone: 3 };
const MOVING = new Set(["uploaded", "confirmed"]);

/** One import, from its preview to its undoing; it may be left and found again. */
export function Import({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const path = { import_id: id };
  const [isUndoing, setUndoing] = useState(false);
  const { data, error, refetch } = useQuery({
    ...getImportOptions({ path }),
    refetchInterval: (query) => {
      const state = query.state.data?.state ?? "";
      return MOVING.has(state) || (isUndoing && state === "applied") ? 700 : false;
    },
  });
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const blocked = data.counts.blocked ?? 0;
  const effect = t("imports.confirmSays", {
    created: data.counts.created ?? 0,
    changed: data.counts.changed ?? 0,
    removed: data.counts.removed ?? 0,
    blocked,
  });
  return (
    <>
      <PageHead title={`${t("menu.imports")}：${word(`import_${data.kind}`)}`} state={<State of={data.state} />}>
        <Deeds
          allowed={data.allowed_deeds}
          deeds={{
            confirm: {
              consequence: effect,
              run: () => confirmImport({ path, body: { digest: data.digest ?? "" }, throwOnError: true }),
            },
            undo: {
              consequence: t("imports.undoSays"),
              isDanger: true,
              run: async () => {
                await undoImport({ path, throwOnError: true });
                setUndoing(true);
              },
            },
          }}
        />
      </PageHead>
      <Steps
        current={STEP[data.state] ?? 1}
        items={["upload", "preview", "apply"].map((step) => ({ title: t(`imports.step.${step as "upload"}`) }))}
      />
      <br />
      {MOVING.has(data.state) && <Working jobId={data.job_id} />}
      {data.problem && <Alert type="error" showIcon title={data.problem.detail} />}
      {data.state === "applied" && <Alert type="success" showIcon title={t("imports.applied")} />}
      <Counts counts={data.counts} />
      {blocked > 0 && <Mending data={data} />}
      {data.digest && <Rows id={id} />}
      <Audit of={id} />
    </>
  );
}

function Working({ jobId }: { jobId: string | null }) {
  const { t } = useTranslation("staff");
  const { data } = useQuery({
    ...getJobOptions({ path: { job_id: jobId ?? "" } }),
    enabled: jobId !== null,
    refetchInterval: 700,
  });
  const total = data?.progress.total ?? 0;
  const percent = total > 0 ? Math.round(((data?.progress.done ?? 0) / total) * 100) : 0;
  return (
    <section className="panel" role="status">
      {t("imports.working")} {data && `${data.progress.done}${total ? ` / ${total}` : ""}`}
      <Progress percent={percent} aria-label={t("imports.working")} />
    </section>
  );
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const word = useWords();
  return (
    <div className="tiles">
      {Object.entries(counts).map(([name, count]) => (
        <div key={name} className={count > 0 ? "tile" : "tile calm"}>
          <strong>{count}</strong>
          <span>{word(name)}</span>
        </div>
      ))}
    </div>
  );
}

/** The faults stay on screen while the mended file is chosen and sent; the new preview then takes their place. */
function Mending({ data }: { data: ImportOut }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const again = async (file: File): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const id = await send({ kind: data.kind, mode: data.mode, file });
      await queryClient.invalidateQueries();
      await navigate({ to: `/imports/${id}` as never });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      <h2>{t("imports.faults", { count: data.counts.blocked ?? 0 })}</h2>
      <Grid<FaultOfRowOut>
        label={t("imports.faultsLabel")}
        rows={data.errors}
        keyOf={(it) => `${it.row}-${it.column}-${it.code}`}
        columns={[
          { key: "row", title: t("imports.row"), show: (it) => it.row ?? "—", isNumber: true },
          { key: "column", title: t("imports.column"), show: (it) => it.column },
          { key: "detail", title: t("imports.fault"), show: (it) => it.detail },
          { key: "code", title: t("imports.code"), show: (it) => <code>{it.code}</code> },
        ]}
      />
      <p>
        {data.error_file_url && (
          <Button onClick={() => void download(data.error_file_url ?? "", "errors.xlsx").catch(setError)}>
            {t("imports.errorFile")}
          </Button>
        )}
      </p>
      <DropTable label={t("imports.again")} isBusy={isBusy} onFile={(file) => void again(file)} />
      {error !== null && <ProblemNote error={error} />}
    </section>
  );
}

function Rows({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const outcomes = useOptions(["created", "changed", "unchanged", "blocked", "removed"]);
  return (
    <section>
      <h2>{t("imports.rows")}</h2>
      <List
        name="import-rows"
        label={t("imports.rows")}
        options={(query) => listImportRowsOptions({ path: { import_id: id }, query })}
        keyOf={(it) => String(it.row ?? it.id)}
        filters={[{ name: "outcome", label: t("imports.outcome"), options: outcomes }]}
        columns={[
          { key: "row", title: t("imports.row"), show: (it) => it.row ?? "—" },
          { key: "outcome", title: t("imports.outcome"), show: (it) => word(it.outcome) },
          { key: "after", title: t("imports.after"), show: (it) => shown(it.after ?? it.before) },
          {
            key: "errors",
            title: t("imports.fault"),
            show: (it) => [...it.errors, ...it.remarks].map((fault) => `${fault.column}：${fault.detail}`).join("；"),
          },
        ]}
        empty={{ title: t("list.noneFits"), hint: "" }}
      />
    </section>
  );
}

/** Ids say nothing to a person. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function shown(values: Record<string, unknown> | null): string {
  return Object.values(values ?? {})
    .filter((value) => (typeof value === "string" && !ID.test(value)) || typeof value === "number")
    .join(" · ");
}
