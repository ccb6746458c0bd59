import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getAdministratorTrainingCoverageOptions,
  listAdministratorTrainingsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  correctAdministratorTraining,
  getAdministratorTraining,
  recordAdministratorTraining,
} from "@/api/staff/sdk.gen.ts";
import type { AdministratorTrainingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { FormDialog, type Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges } from "@/ui/staff/names.ts";
import { Rows } from "@/ui/staff/Rows.tsx";
import { useOwnCollege, usePeople } from "./people.ts";
import { useYear } from "./year.ts";

const hoursOf = (tenths: number): string => String(tenths / 10);

/** Trainings of those who administer certificates, and how many of them took part in one. */
export function Trainings() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const [opened, setOpened] = useState<AdministratorTrainingOut | "new" | null>(null);
  const action = may("guidance:record") && (
    <Button type="primary" onClick={() => setOpened("new")}>
      {t("outreach.recordTraining")}
    </Button>
  );
  return (
    <>
      <p className="page-deeds">{action}</p>
      {opened && <TrainingForm {...(opened !== "new" && { shown: opened })} onClose={() => setOpened(null)} />}
      <Coverage />
      <List
        name="administrator-trainings"
        label={t("outreach.trainings")}
        options={(query) => listAdministratorTrainingsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "year", label: t("outreach.year"), type: "number" },
          { name: "college_id", label: field("college"), options: useColleges() },
        ]}
        columns={[
          { key: "subject", title: t("outreach.subject"), show: (it) => it.subject },
          { key: "held", title: t("outreach.heldOn"), show: (it) => it.held_on },
          {
            key: "college",
            title: t("consultations.college"),
            show: (it) => it.college_name ?? t("consultations.office"),
          },
          { key: "hours", title: t("outreach.hours"), show: (it) => hoursOf(it.hours_tenths), isNumber: true },
          { key: "trainer", title: t("outreach.trainer"), show: (it) => it.trainer },
          { key: "material", title: t("outreach.material"), show: (it) => it.material ?? "—" },
          { key: "took", title: t("outreach.tookOf"), show: (it) => `${it.took_part} / ${it.invited}`, isNumber: true },
          {
            key: "people",
            title: t("outreach.people"),
            show: (it) =>
              it.people
                .filter((each) => each.took_part)
                .map((each) => each.person_name)
                .join("、") || "—",
          },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) =>
              it.is_own && may("guidance:record") && <Button onClick={() => setOpened(it)}>{t("common.edit")}</Button>,
          },
        ]}
        empty={{ title: t("outreach.noneTraining"), hint: t("outreach.noneTrainingHint"), action }}
      />
    </>
  );
}

function Coverage() {
  const { t } = useTranslation("staff");
  const field = useField();
  const year = useYear();
  const { data } = useQuery(getAdministratorTrainingCoverageOptions({ query: { year } }));
  if (!data) return null;
  const title = t("outreach.coverage", { year: data.year });
  return (
    <section className="panel">
      <h2>{title}</h2>
      <Grid
        label={title}
        rows={[data.whole, ...data.colleges]}
        keyOf={(it) => it.college_id ?? "whole"}
        columns={[
          { key: "college", title: field("college"), show: (it) => it.college_name ?? t("outreach.whole") },
          {
            key: "trained",
            title: t("outreach.trained"),
            show: (it) => `${it.trained} / ${it.administrators}`,
            isNumber: true,
          },
          {
            key: "share",
            title: t("surveys.share"),
            show: (it) => (it.administrators === 0 ? "—" : `${((100 * it.trained) / it.administrators).toFixed(1)} %`),
            isNumber: true,
          },
        ]}
      />
    </section>
  );
}

function TrainingForm({ shown, onClose }: { shown?: AdministratorTrainingOut; onClose: () => void }) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const own = useOwnCollege();
  const people = usePeople({ withTeachers: true });
  const [rows, setRows] = useState<Values[]>(() =>
    (shown?.people ?? []).map((it) => ({ person_id: it.person_id, took_part: it.took_part ? "on" : "" })),
  );
  const title = t(shown ? "outreach.editTraining" : "outreach.recordTraining");
  const send = (values: Values, over: AdministratorTrainingOut | undefined) => {
    const body = {
      college_id: values.college_id || null,
      subject: values.subject ?? "",
      held_on: values.held_on ?? "",
      hours_tenths: Math.round(Number(values.hours) * 10),
      trainer: values.trainer ?? "",
      material: values.material || null,
      people: rows.map((it) => ({ person_id: it.person_id ?? "", took_part: it.took_part === "on" })),
    };
    if (!over) return recordAdministratorTraining({ body, throwOnError: true });
    const path = { training_id: over.id };
    return correctAdministratorTraining({ path, headers: ifMatch(over), body, throwOnError: true });
  };
  return (
    <FormDialog
      title={title}
      submit={t("common.save")}
      fields={[
        { name: "subject", label: t("outreach.subject"), initial: shown?.subject ?? "" },
        { name: "held_on", label: t("outreach.heldOn"), type: "date", initial: shown?.held_on ?? "" },
        {
          name: "hours",
          label: t("outreach.hours"),
          hint: t("outreach.hoursHint"),
          initial: shown ? hoursOf(shown.hours_tenths) : "",
        },
        { name: "trainer", label: t("outreach.trainer"), initial: shown?.trainer ?? "" },
        { name: "material", label: t("outreach.material"), isOptional: true, initial: shown?.material ?? "" },
        {
          name: "college_id",
          label: t("consultations.college"),
          ...own,
          initial: shown ? (shown.college_id ?? "") : own.initial,
        },
      ]}
      run={async (values, over) => {
        await send(values, over);
        message.success(t("common.done", { deed: title }));
        await queryClient.invalidateQueries();
      }}
      change={
        shown && {
          shown,
          read: async () =>
            (await getAdministratorTraining({ path: { training_id: shown.id }, throwOnError: true })).data,
        }
      }
      onClose={onClose}
    >
      <Rows
        legend={t("outreach.people")}
        fields={[
          { name: "person_id", label: t("outreach.person"), options: people },
          { name: "took_part", label: t("outreach.took"), type: "check" },
        ]}
        rows={rows}
        onChange={setRows}
        fresh={{ person_id: "", took_part: "on" }}
        add={t("outreach.addPerson")}
      />
    </FormDialog>
  );
}
