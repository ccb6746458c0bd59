import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  getWorkloadStatementOptions,
  listWorkloadRatiosOptions,
  readOwnTeacherOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadWorkloadRatio } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useYear, YearChoice } from "./Classes.tsx";
import { hoursOf } from "./hours.ts";
import { LogWork, Records } from "./Records.tsx";

type View = "mine" | "queue" | "all" | "ratios";

/** Teachers' workload: what one logged, what waits, all of it, and the ratios it is converted by. */
export function Workload() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views: (readonly [View, string])[] = [
    ...(may("workload:log") ? [["mine", t("workload.mine")] as const] : []),
    ...(may("workload:verify") ? [["queue", t("workload.queue")] as const] : []),
    ...(may("social_participants:read") ? [["all", t("workload.all")] as const] : []),
    ["ratios", t("workload.ratios")] as const,
  ];
  const now = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.workload")} hint={t("workload.hint")}>
        {now === "mine" && <LogWork />}
        {may("workload:log") && <OwnStatement />}
        {now === "ratios" && <LoadRatio />}
      </PageHead>
      <Views views={views} now={now} label={t("menu.workload")} />
      {now === "ratios" ? <Ratios /> : <Records key={now} view={now} />}
    </>
  );
}

/** The way to one's own statement, for whoever is a teacher of the register. */
function OwnStatement() {
  const { t } = useTranslation("staff");
  const { data } = useQuery({ ...readOwnTeacherOptions(), retry: false });
  return data ? <LinkButton to={`/workload-statements/${data.id}`}>{t("workload.statement")}</LinkButton> : null;
}

function LoadRatio() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Deeds
      allowed={useMay()("workload_ratios:load") ? ["load"] : []}
      deeds={{
        load: {
          label: t("workload.load"),
          consequence: t("workload.loadSays"),
          fields: [
            { name: "ratio", label: t("workload.ratio"), hint: t("workload.ratioHint") },
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
            { name: "effective_to", label: field("effective_to"), type: "date", isOptional: true },
          ],
          run: (it) =>
            loadWorkloadRatio({
              body: {
                ratio: it.ratio ?? "",
                document_number: it.document_number ?? "",
                effective_from: it.effective_from ?? "",
                effective_to: it.effective_to || null,
              },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

function Ratios() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <List
      name="workload-ratios"
      label={t("workload.ratios")}
      options={(query) => listWorkloadRatiosOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "ratio", title: t("workload.ratio"), show: (it) => it.ratio },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? t("workload.noEnd") },
        { key: "state", title: field("state"), show: (it) => (it.is_in_force ? <State of="in_force" /> : "—") },
      ]}
      empty={{ title: t("workload.noRatios"), hint: t("workload.noRatiosHint") }}
    />
  );
}

/** A teacher's workload of an academic year, movement by movement. */
export function Statement({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const academic_year = useYear();
  return (
    <Loaded options={getWorkloadStatementOptions({ path: { teacher_id: id }, query: { academic_year } })}>
      {(it) => (
        <>
          <PageHead
            title={`${t("workload.statement")} · ${it.teacher_name}（${it.staff_number}）`}
            hint={t("workload.statementHint")}
          />
          <YearChoice />
          <section className="panel">
            <Facts
              facts={[
                [t("social.year"), it.academic_year],
                [t("workload.verifiedHours"), hoursOf(it.hours_tenths)],
                [t("workload.yearTotal"), it.workload],
                [t("workload.account"), it.account_workload],
              ]}
            />
          </section>
          {it.lines.length === 0 ? (
            <Empty title={t("workload.noLines")} hint={t("workload.statementHint")} />
          ) : (
            <Grid
              label={t("workload.statement")}
              rows={it.lines}
              keyOf={(line) => String(line.seq)}
              columns={[
                { key: "seq", title: t("workload.seq"), show: (line) => line.seq },
                { key: "at", title: t("workload.recordedAt"), show: (line) => instant(line.recorded_at) },
                { key: "kind", title: field("kind"), show: (line) => <State of={line.kind} /> },
                { key: "day", title: t("workload.day"), show: (line) => line.worked_on },
                { key: "class", title: t("workload.class"), show: (line) => line.class_title },
                { key: "what", title: t("workload.what"), show: (line) => line.what },
                {
                  key: "hours",
                  title: t("workload.hours"),
                  show: (line) => hoursOf(line.hours_tenths),
                  isNumber: true,
                },
                {
                  key: "ratio",
                  title: t("workload.ratio"),
                  show: (line) => `${line.ratio}（${line.document_number}）`,
                },
                { key: "change", title: t("workload.changeOf"), show: (line) => line.change, isNumber: true },
                { key: "balance", title: t("workload.balance"), show: (line) => line.balance, isNumber: true },
                { key: "reason", title: t("social.reason"), show: (line) => line.reason ?? "—" },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
