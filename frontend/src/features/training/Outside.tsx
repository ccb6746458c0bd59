import { useTranslation } from "react-i18next";
import { listOutsideTrainingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmOutsideTraining, recordOutsideTraining, refuseOutsideTraining } from "@/api/staff/sdk.gen.ts";
import type { OutsideTrainingIn, OutsideTrainingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ORIGINS } from "./fields.ts";
import { useTeachers } from "./teachers.ts";

const STATES = ["recorded", "confirmed", "refused", "reversed"];

/** What teachers did elsewhere: recorded by one, confirmed by another. */
export function Outside() {
  const { t } = useTranslation("staff");
  const may = useMay();
  return (
    <>
      <PageHead title={t("menu.outsideTrainings")} hint={t("training.outsideHint")}>
        <Deeds allowed={may("training:record") ? ["record"] : []} deeds={{ record: useRecording() }} />
      </PageHead>
      <OutsideList />
    </>
  );
}

function useRecording(): Deed {
  const { t } = useTranslation("staff");
  const levels = useLevels();
  return {
    label: t("training.record"),
    consequence: t("training.recordSays"),
    fields: [
      { name: "teacher_id", label: t("training.teacher"), options: useTeachers() },
      { name: "title", label: t("training.title") },
      { name: "organiser", label: t("training.organiser") },
      { name: "origin", label: t("training.origin"), options: useOptions(ORIGINS, "train") },
      { name: "certificate_level_id", label: t("training.tier"), options: levels, isOptional: true },
      { name: "hours", label: t("training.hours"), type: "number" },
      { name: "is_x_module", label: t("training.isModule"), type: "check", initial: "on" },
      { name: "completed_on", label: t("training.completedOn"), type: "date" },
      { name: "document_number", label: t("training.proof") },
    ],
    run: (it) =>
      recordOutsideTraining({
        body: {
          teacher_id: it.teacher_id ?? "",
          title: it.title ?? "",
          organiser: it.organiser ?? "",
          origin: it.origin as OutsideTrainingIn["origin"],
          certificate_level_id: it.certificate_level_id || null,
          hours: Number(it.hours),
          is_x_module: it.is_x_module === "on",
          completed_on: it.completed_on ?? "",
          document_number: it.document_number ?? "",
        },
        throwOnError: true,
      }),
  };
}

/** Trainings elsewhere, of one teacher or of all. */
export function OutsideList({ teacherId }: { teacherId?: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deedsOf = useOutsideDeeds();
  const filters = [
    { name: "state", label: field("state"), options: useOptions(STATES, "train") },
    { name: "college_id", label: field("college"), options: useColleges() },
  ];
  return (
    <section className={teacherId ? "panel" : undefined}>
      {teacherId && <h2>{t("training.outside")}</h2>}
      <List
        name="outside-trainings"
        label={t("training.outside")}
        options={(query) => listOutsideTrainingsOptions({ query })}
        fixed={teacherId ? { teacher_id: teacherId } : undefined}
        keyOf={(it) => it.id}
        {...(!teacherId && { filters })}
        columns={[
          { key: "title", title: t("training.title"), show: (it) => it.title },
          { key: "teacher", title: t("training.teacher"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          { key: "origin", title: t("training.origin"), show: (it) => word(it.origin, "train") },
          { key: "organiser", title: t("training.organiser"), show: (it) => it.organiser },
          { key: "on", title: t("training.completedOn"), show: (it) => it.completed_on },
          { key: "hours", title: t("training.hours"), show: (it) => it.hours, isNumber: true },
          { key: "module", title: t("training.isModule"), show: (it) => word(String(it.is_x_module)) },
          { key: "proof", title: t("training.proof"), show: (it) => it.document_number },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="train" /> },
          { key: "remark", title: t("training.remark"), show: (it) => it.remark ?? "—" },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <div className="page-deeds">
                <Deeds allowed={it.allowed_deeds} deeds={deedsOf(it)} />
              </div>
            ),
          },
        ]}
        empty={{ title: t("training.noOutside"), hint: t("training.noOutsideHint") }}
      />
    </section>
  );
}

function useOutsideDeeds(): (it: OutsideTrainingOut) => Record<string, Deed> {
  const { t } = useTranslation("staff");
  return (it) => {
    const to = { path: { outside_training_id: it.id }, throwOnError: true } as const;
    return {
      confirm: {
        label: t("training.confirm"),
        consequence: t("training.confirmSays"),
        fields: [{ name: "remark", label: t("training.remark"), type: "long", isOptional: true }],
        run: (values) => confirmOutsideTraining({ ...to, body: { remark: values.remark || null } }),
      },
      refuse: {
        label: t("training.refuse"),
        isDanger: true,
        fields: [{ name: "remark", label: t("training.remark"), type: "long" }],
        run: (values) => refuseOutsideTraining({ ...to, body: { remark: values.remark ?? "" } }),
      },
    };
  };
}
