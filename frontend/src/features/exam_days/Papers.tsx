import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { getJobOptions, getPapersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { download } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { State } from "@/ui/staff/State.tsx";

const OFTEN_MS = 1000;

/** One bundle of tickets and lists: how far it is, and then the file. */
export function Papers({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const { message } = App.useApp();
  const papers = useQuery({
    ...getPapersOptions({ path: { papers_id: id } }),
    refetchInterval: (query) => (query.state.data?.made_at ? false : OFTEN_MS),
  });
  const made = papers.data?.made_at;
  const queryClient = useQueryClient();
  // Once the papers are there the seating is a printed one, and says so.
  useEffect(() => {
    if (made) void queryClient.invalidateQueries({ predicate: (it) => !JSON.stringify(it.queryKey).includes(id) });
  }, [made, id, queryClient]);
  const job = useQuery({
    ...getJobOptions({ path: { job_id: papers.data?.job_id ?? "" } }),
    enabled: may("jobs:read") && papers.data !== undefined && !made,
    refetchInterval: (query) => (query.state.data?.ended_at ? false : OFTEN_MS),
  });
  if (papers.error && !papers.data) return <ProblemNote error={papers.error} />;
  if (!papers.data) return <Waiting />;
  const { done, total } = job.data?.progress ?? { done: 0, total: null };
  const save = (): void => {
    download(`/v1/sitting-papers/${id}/file`, "papers.zip").catch((error: unknown) =>
      message.error(problemOf(error).detail || t("list.exportFailed")),
    );
  };
  return (
    <section className="panel" aria-live="polite">
      <h2>
        {t("days.papers")} {job.data && !made && <State of={job.data.state} />}
      </h2>
      {!made && (
        <>
          <p>{total ? t("days.making", { done, total }) : t("days.makingSoon")}</p>
          {total !== null && <Progress percent={Math.round((done / total) * 100)} aria-label={t("days.papers")} />}
          {job.data?.problem && <ProblemNote error={job.data.problem} />}
        </>
      )}
      {made && (
        <>
          <Facts
            facts={[
              [t("days.madeAt"), instant(made)],
              [t("days.tickets"), papers.data.tickets],
              [t("planning.rooms"), papers.data.rooms],
              [t("days.size"), papers.data.size_bytes && `${Math.ceil(papers.data.size_bytes / 1024)} KB`],
            ]}
          />
          <p className="page-deeds">
            {papers.data.is_kept ? (
              <Button type="primary" onClick={save}>
                {t("days.downloadZip")}
              </Button>
            ) : (
              <span className="muted">{t("days.forgotten")}</span>
            )}
          </p>
        </>
      )}
    </section>
  );
}
