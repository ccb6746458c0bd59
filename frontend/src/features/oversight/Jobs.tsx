import { useTranslation } from "react-i18next";
import { listJobsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { cancelJob, retryJob } from "@/api/staff/sdk.gen.ts";
import type { JobOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = [
  "queued",
  "running",
  "awaiting_confirmation",
  "succeeded",
  "succeeded_with_warnings",
  "failed",
  "cancelled",
];

export function Jobs() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <PageHead title={t("menu.jobs")} />
      <List
        name="jobs"
        label={t("menu.jobs")}
        options={(query) => listJobsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/jobs/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: useOptions(STATES) }]}
        columns={[
          { key: "kind", title: field("kind"), show: (it) => word(it.kind, "jobKind") },
          { key: "at", title: field("requested_at"), show: (it) => instant(it.enqueued_at) },
          {
            key: "progress",
            title: t("jobs.progress"),
            show: (it) => `${it.progress.done} / ${it.progress.total ?? "?"}`,
            isNumber: true,
          },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => <JobDeeds job={it} />,
          },
        ]}
        empty={{ title: t("jobs.none"), hint: t("jobs.noneHint") }}
      />
    </>
  );
}

export function JobDeeds({ job }: { job: JobOut }) {
  const { t } = useTranslation("staff");
  const to = { path: { job_id: job.id }, throwOnError: true } as const;
  return (
    <Deeds
      allowed={job.allowed_deeds}
      deeds={{
        cancel: { isDanger: true, consequence: t("jobs.cancelSays"), run: () => cancelJob(to) },
        retry: { consequence: t("jobs.retrySays"), run: () => retryJob(to) },
      }}
    />
  );
}
