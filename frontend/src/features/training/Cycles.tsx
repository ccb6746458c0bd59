import { App } from "antd";
import { useTranslation } from "react-i18next";
import { listTrainingCoverageOptions, listTrainingCyclesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { openTrainingCycles } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { percent } from "./teachers.ts";

const STANDINGS = ["short", "overdue", "provided", "met"];

/** Teachers' five years with progress and forecast, and how far each college is. */
export function Cycles() {
  const { t } = useTranslation("staff");
  const field = useField();
  const colleges = useColleges();
  const action = <Opening />;
  return (
    <>
      <PageHead title={t("menu.trainingCycles")} hint={t("training.cyclesHint")}>
        {action}
        <LinkButton to="/training-requirements">{t("training.requirements")}</LinkButton>
      </PageHead>
      <Coverage />
      <List
        name="training-cycles"
        label={t("menu.trainingCycles")}
        options={(query) => listTrainingCyclesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/training-cycles/${it.id}`}
        filters={[
          { name: "standing", label: t("training.standing"), options: useOptions(STANDINGS, "train") },
          { name: "college_id", label: field("college"), options: colleges },
          { name: "ends_until", label: t("training.endsUntil"), type: "date" },
        ]}
        columns={[
          { key: "teacher", title: t("training.teacher"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "period", title: t("training.period"), show: (it) => `${it.begins_on} – ${it.ends_on}` },
          {
            key: "done",
            title: t("training.done"),
            show: (it) => `${it.done_hours} / ${it.required_hours}`,
            isNumber: true,
          },
          {
            key: "module",
            title: t("training.module"),
            show: (it) => `${it.done_module_hours} / ${it.required_module_hours}`,
            isNumber: true,
          },
          { key: "held", title: t("training.held"), show: (it) => it.held_hours, isNumber: true },
          { key: "standing", title: t("training.standing"), show: (it) => <State of={it.standing} as="train" /> },
          { key: "useful", title: t("training.lastUseful"), show: (it) => it.last_useful_on ?? "—" },
        ]}
        empty={{ title: t("training.noCycles"), hint: t("training.noCyclesHint"), action }}
      />
    </>
  );
}

function Coverage() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("training.coverage")}</h2>
      <Loaded options={listTrainingCoverageOptions()}>
        {(rows) => (
          <Grid
            label={t("training.coverage")}
            rows={rows}
            keyOf={(it) => it.college_id}
            columns={[
              { key: "college", title: field("college"), show: (it) => it.college_name },
              { key: "teachers", title: t("training.teachers"), show: (it) => it.teachers, isNumber: true },
              { key: "without", title: t("training.withoutCycle"), show: (it) => it.without_cycle, isNumber: true },
              { key: "provided", title: t("training.provided"), show: (it) => it.provided, isNumber: true },
              { key: "short", title: t("training.short"), show: (it) => it.short, isNumber: true },
              { key: "overdue", title: t("training.overdue"), show: (it) => it.overdue, isNumber: true },
              {
                key: "rate",
                title: t("training.rate"),
                show: (it) =>
                  t("training.rateOf", { met: it.met, all: it.in_cycle, percent: percent(it.coverage_percent) }),
                isNumber: true,
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function Opening() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const me = useMe();
  const { message } = App.useApp();
  const all = useColleges();
  const colleges = may("training:run") ? all : all.filter((it) => me.college_ids.includes(it.value));
  return (
    <Deeds
      allowed={may("training:record") ? ["open"] : []}
      deeds={{
        open: {
          label: t("training.openCycles"),
          consequence: t("training.openCyclesSays"),
          fields: [
            {
              name: "college_id",
              label: field("college"),
              options: colleges,
              ...(colleges[0] && { initial: colleges[0].value }),
            },
            { name: "begins_on", label: t("training.beginsOn"), type: "date" },
          ],
          run: async (it) => {
            const { data } = await openTrainingCycles({
              body: { college_id: it.college_id ?? "", begins_on: it.begins_on ?? "" },
              throwOnError: true,
            });
            message.info(t("training.opened", { opened: data.opened, kept: data.kept }));
          },
        },
      }}
    />
  );
}
