import { useQueryClient } from "@tanstack/react-query";
import { Progress } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getJobOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { followJob } from "@/api/staff/sdk.gen.ts";
import type { JobOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { JobDeeds } from "./Jobs.tsx";

/** One job, told as it goes on: the service sends each change until the job ends. */
export function Job({ id }: { id: string }) {
  return <Loaded options={getJobOptions({ path: { job_id: id } })}>{(job) => <Known job={job} />}</Loaded>;
}

function useFollowed(job: JobOut): boolean {
  const queryClient = useQueryClient();
  const [isLive, setLive] = useState(false);
  const { id } = job;
  const hasEnded = job.ended_at !== null;
  useEffect(() => {
    if (hasEnded) return;
    const { queryKey } = getJobOptions({ path: { job_id: id } });
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      const asked = { path: { job_id: id }, signal: stop.signal, sseMaxRetryAttempts: 3 };
      const { stream } = await followJob(asked);
      setLive(true);
      for await (const told of stream) {
        const now = typeof told === "string" ? (JSON.parse(told) as JobOut) : (told as unknown as JobOut);
        if (!stop.signal.aborted && now?.id === id) queryClient.setQueryData(queryKey, now);
      }
    };
    follow()
      .catch(() => undefined)
      .finally(() => setLive(false));
    return () => stop.abort();
  }, [id, hasEnded, queryClient]);
  return isLive;
}

function Known({ job }: { job: JobOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const isLive = useFollowed(job);
  const { done, total } = job.progress;
  return (
    <>
      <PageHead
        title={word(job.kind, "jobKind")}
        state={<State of={job.state} />}
        hint={isLive ? t("jobs.live") : undefined}
      >
        <JobDeeds job={job} />
      </PageHead>
      <section className="panel">
        {total !== null && total > 0 && (
          <Progress
            percent={Math.round((done / total) * 100)}
            status={job.state === "failed" ? "exception" : job.ended_at ? "success" : "active"}
            aria-label={t("jobs.progress")}
          />
        )}
        <Facts
          facts={[
            [t("jobs.progress"), `${done} / ${total ?? "?"}`],
            [field("requested_at"), instant(job.enqueued_at)],
            [field("starts_at"), instant(job.started_at)],
            [field("ends_at"), instant(job.ended_at)],
            [t("hooks.attempts"), job.attempts],
            ...Object.entries(job.counts).map(([name, value]) => [name, String(value)] as const),
            ...(job.problem ? [[t("jobs.problem"), told(job.problem)] as const] : []),
            ...(job.last_error ? [[t("jobs.lastError"), job.last_error] as const] : []),
          ]}
        />
      </section>
      {job.result && (
        <section className="panel">
          <h2>{t("jobs.result")}</h2>
          <Facts facts={Object.entries(job.result).map(([name, value]) => [name, told(value)] as const)} />
        </section>
      )}
      <Audit of={job.id} />
    </>
  );
}

function told(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "—");
}
