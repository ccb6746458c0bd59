import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listExamPlansOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { uploadResults } from "@/api/staff/sdk.gen.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";

const TYPES: Record<string, string> = {
  csv: "text/csv",
  json: "application/json",
  ndjson: "application/x-ndjson",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file of results is rehearsed first: what each row would do is shown, and nothing is kept before a second person confirms. */
export function NewUpload() {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const [search, change] = useUrlState();
  const plans = useQuery(listExamPlansOptions({ query: { page_size: 100 } }));
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const plan = search.exam_plan_id ?? "";
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const file = given.get("file");
    if (!(file instanceof File)) return;
    const type = TYPES[file.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "text/csv";
    setBusy(true);
    setError(null);
    try {
      const { data } = await uploadResults({
        query: { exam_plan_id: plan, reason: String(given.get("reason") ?? ""), atomic: given.get("atomic") === "on" },
        body: new Blob([await file.arrayBuffer()], { type }),
        bodySerializer: null,
        headers: { "Content-Type": type },
        throwOnError: true,
      });
      await navigate({ to: `/result-uploads/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead title={t("results.upload")} hint={t("results.uploadHint")} />
      <form className="panel" onSubmit={(event) => void send(event)}>
        <label className="field">
          <span>{field("plan")}</span>
          <select required value={plan} onChange={(event) => change({ exam_plan_id: event.target.value })}>
            <option value="">—</option>
            {plans.data?.items.map((it) => (
              <option key={it.id} value={it.id}>
                {it.name}（{it.code}）
              </option>
            ))}
          </select>
        </label>
        <p>
          <Button
            disabled={plan === ""}
            onClick={() => void download(`/v1/exam-plans/${plan}/results-template`, "results.xlsx").catch(setError)}
          >
            {t("imports.template")}
          </Button>
        </p>
        <label className="field">
          <span>{t("results.file")}</span>
          <input name="file" type="file" accept=".xlsx,.csv,.json,.ndjson" required />
        </label>
        <label className="field">
          <span>{field("reason")}</span>
          <input name="reason" required />
          <small>{t("results.reasonHint")}</small>
        </label>
        <label className="check">
          <input type="checkbox" name="atomic" /> {t("results.atomic")}
        </label>
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("results.rehearse")}
        </Button>
      </form>
    </>
  );
}
