import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  getWorkloadRecordOptions,
  listSocialClassesOptions,
  listWorkloadRecordsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  changeWorkload,
  getWorkloadRecord,
  logWorkload,
  refuseWorkload,
  reverseWorkload,
  verifyWorkload,
  withdrawWorkload,
} from "@/api/staff/sdk.gen.ts";
import type { WorkloadRecordOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { useChosen } from "@/ui/staff/choice.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import type { Search } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { hoursOf, tenthsOf } from "./hours.ts";

const STATES = ["logged", "verified", "refused", "withdrawn", "reversed"];

function useWorkFields(day: string): Field[] {
  const { t } = useTranslation("staff");
  return [
    { name: "worked_on", label: t("workload.day"), type: "date", initial: day },
    { name: "hours", label: t("workload.hours"), hint: t("workload.hoursHint") },
    { name: "what", label: t("workload.what"), hint: t("workload.whatHint") },
  ];
}

const workBody = (it: Values) => ({
  worked_on: it.worked_on ?? "",
  hours_tenths: tenthsOf(it.hours),
  what: it.what ?? "",
});

/** Logs what one did for a class that one teaches; without a class, one of them is chosen. */
export function LogWork({ classId, day = today() }: { classId?: string; day?: string }) {
  const { t } = useTranslation("staff");
  const may = useMay()("workload:log");
  const fields = useWorkFields(day > today() ? today() : day);
  const { data } = useQuery({
    ...listSocialClassesOptions({ query: { page_size: 100 } }),
    enabled: may && classId === undefined,
  });
  const classes = (data?.items ?? [])
    .filter((it) => it.allowed_deeds.includes("log_workload"))
    .map((it) => ({ value: it.id, label: `${it.title}（${it.starts_on}）` }));
  return (
    <Deeds
      allowed={may ? ["log"] : []}
      deeds={{
        log: {
          label: t("workload.log"),
          consequence: classId || classes.length > 0 ? t("workload.logSays") : t("workload.noClasses"),
          fields: [
            ...(classId ? [] : [{ name: "social_class_id", label: t("workload.class"), options: classes }]),
            ...fields,
          ],
          run: (it) =>
            logWorkload({
              body: { social_class_id: classId ?? it.social_class_id ?? "", ...workBody(it) },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

/** Records of work: one's own, what waits to be verified, or all of them. */
export function Records({ view }: { view: "mine" | "queue" | "all" }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const chosen = useChosen<WorkloadRecordOut>();
  const fixed: Search | undefined = {
    mine: { is_mine: "true" },
    queue: { is_mine: "false", state: "logged" },
    all: undefined,
  }[view];
  const empties = { mine: t("workload.noneMine"), queue: t("workload.noneQueue"), all: t("workload.noneAll") };
  const stateFilter = {
    name: "state",
    label: field("state"),
    options: STATES.map((value) => ({ value, label: word(`work_${value}`) })),
  };
  const colleges = useColleges();
  return (
    <>
      {view === "queue" && (
        <ForChosen count={chosen.rows.length}>
          {chosen.rows.length === 0 && <span className="muted">{t("workload.chooseHint")}</span>}
          {chosen.allowed.includes("verify") && <VerifyChosen records={chosen.rows} done={chosen.clear} />}
        </ForChosen>
      )}
      <List
        name={`workload-${view}`}
        label={t("menu.workload")}
        options={(query) => listWorkloadRecordsOptions({ query })}
        fixed={fixed}
        keyOf={(it) => it.id}
        to={(it) => `/workload/${it.id}`}
        filters={[
          ...(view === "queue" ? [] : [stateFilter]),
          ...(view === "mine" ? [] : [{ name: "college_id", label: field("college"), options: colleges }]),
          { name: "worked_from", label: t("workload.day"), type: "date" as const },
        ]}
        columns={[
          { key: "day", title: t("workload.day"), show: (it) => it.worked_on },
          { key: "class", title: t("workload.class"), show: (it) => it.class_title },
          { key: "teacher", title: field("person"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          { key: "what", title: t("workload.what"), show: (it) => it.what },
          { key: "hours", title: t("workload.hours"), show: (it) => hoursOf(it.hours_tenths), isNumber: true },
          {
            key: "ratio",
            title: t("workload.ratio"),
            show: (it) => it.ratio ?? (it.has_ratio ? "—" : t("workload.noRatio")),
          },
          { key: "worth", title: t("workload.worth"), show: (it) => it.workload ?? "—", isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={`work_${it.state}`} /> },
          {
            key: "reason",
            title: t("social.reason"),
            show: (it) => it.reversal_reason ?? (it.state === "refused" ? it.reason : null) ?? "—",
          },
          { key: "deeds", title: field("deeds"), show: (it) => <RecordDeeds record={it} /> },
        ]}
        choice={view === "queue" ? chosen.choice : undefined}
        empty={{ title: t("workload.none"), hint: empties[view], action: view === "mine" && <LogWork /> }}
      />
    </>
  );
}

function VerifyChosen({ records, done }: { records: readonly WorkloadRecordOut[]; done: () => void }) {
  const { t } = useTranslation("staff");
  const keyFor = useIdempotency();
  const tenths = records.reduce((sum, it) => sum + it.hours_tenths, 0);
  return (
    <Deeds
      allowed={["verify"]}
      deeds={{
        verify: {
          label: t("workload.verifyChosen", { count: records.length }),
          consequence: t("workload.verifySays", { hours: hoursOf(tenths) }),
          run: async () => {
            const body = { record_ids: records.map((it) => it.id) };
            await verifyWorkload({ body, headers: keyFor(body), throwOnError: true });
            done();
          },
        },
      }}
    />
  );
}

function RecordDeeds({ record }: { record: WorkloadRecordOut }) {
  const { t } = useTranslation("staff");
  const to = { path: { record_id: record.id }, throwOnError: true } as const;
  const reason = [{ name: "reason", label: t("social.reason"), type: "long" as const }];
  return (
    <Deeds
      allowed={record.allowed_deeds}
      deeds={{
        withdraw: {
          label: t("workload.withdraw"),
          consequence: t("workload.withdrawSays"),
          isDanger: true,
          run: () => withdrawWorkload(to),
        },
        refuse: {
          label: t("workload.refuse"),
          consequence: t("workload.refuseSays"),
          isDanger: true,
          fields: reason,
          run: (it) => refuseWorkload({ ...to, body: { reason: it.reason ?? "" } }),
        },
        reverse: {
          label: t("workload.reverse"),
          consequence: t("workload.reverseSays", { amount: record.workload ?? "" }),
          isDanger: true,
          fields: reason,
          run: (it) => reverseWorkload({ ...to, body: { reason: it.reason ?? "" } }),
        },
      }}
    />
  );
}

/** One record, what became of it, and its history. */
export function WorkRecord({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getWorkloadRecordOptions({ path: { record_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={`${it.teacher_name} · ${it.worked_on}`}
            state={<State of={`work_${it.state}`} />}
            hint={`${it.class_title} · ${it.college_name}`}
          >
            {it.allowed_deeds.includes("change") && <ChangeWork record={it} />}
            {it.allowed_deeds.includes("verify") && <VerifyChosen records={[it]} done={() => undefined} />}
            <RecordDeeds record={it} />
          </PageHead>
          <section className="panel">
            <Facts
              facts={[
                [t("workload.what"), it.what],
                [t("workload.hours"), hoursOf(it.hours_tenths)],
                [t("workload.ratio"), it.ratio ?? (it.has_ratio ? "—" : t("workload.noRatio"))],
                [t("workload.worth"), it.workload],
                [t("workload.recordedAt"), instant(it.verified_at)],
                [t("social.reason"), it.reversal_reason ?? it.reason],
              ]}
            />
            <div className="panel-deeds">
              <LinkButton to={`/social-classes/${it.social_class_id}`}>{t("workload.class")}</LinkButton>
              <LinkButton to={`/workload-statements/${it.teacher_id}`}>{t("workload.statement")}</LinkButton>
            </div>
          </section>
          <Audit of={it.id} />
        </>
      )}
    </Loaded>
  );
}

function ChangeWork({ record }: { record: WorkloadRecordOut }) {
  const fields = useWorkFields(record.worked_on);
  return (
    <EditButton
      it={record}
      fields={fields}
      valuesOf={(it) => ({ worked_on: it.worked_on, hours: hoursOf(it.hours_tenths), what: it.what })}
      read={async () => (await getWorkloadRecord({ path: { record_id: record.id }, throwOnError: true })).data}
      change={(values, shown) =>
        changeWorkload({
          path: { record_id: record.id },
          headers: ifMatch(shown),
          body: workBody(values),
          throwOnError: true,
        })
      }
    />
  );
}
