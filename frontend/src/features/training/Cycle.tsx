import { useTranslation } from "react-i18next";
import { getTrainingCycleOptions, listTrainingEnrolmentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { TrainingCycleOut, TrainingEnrolmentOut } from "@/api/staff/types.gen.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import type { Column } from "@/ui/staff/Grid.tsx";
import { type Asked, List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Completions } from "./Completions.tsx";
import { useColumns } from "./Enrolments.tsx";
import { HeldCertificates } from "./HeldCertificates.tsx";
import { OutsideList } from "./Outside.tsx";

export function Cycle({ id }: { id: string }) {
  return (
    <Loaded options={getTrainingCycleOptions({ path: { cycle_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={`${it.teacher_name}（${it.staff_number}）`}
            state={<State of={it.standing} as="train" />}
            hint={it.college_name}
          />
          <CycleFacts cycle={it} />
          <TeacherEnrolments teacherId={it.teacher_id} />
          <Completions teacherId={it.teacher_id} />
          <OutsideList teacherId={it.teacher_id} />
          <HeldCertificates teacherId={it.teacher_id} />
          <Audit of={it.id} />
        </>
      )}
    </Loaded>
  );
}

/** What five years take, what is done and what the places held will bring. */
export function CycleFacts({ cycle: it }: { cycle: TrainingCycleOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <section className="panel">
      <p className="muted">
        {t("training.cycleHint", {
          begins: it.begins_on,
          ends: it.ends_on,
          document: it.requirement_document,
          version: it.requirement_version,
        })}
      </p>
      <Facts
        facts={[
          [t("training.done"), `${it.done_hours} / ${it.required_hours}`],
          [t("training.module"), `${it.done_module_hours} / ${it.required_module_hours}`],
          [t("training.isModuleDone"), word(String(it.is_module_done))],
          [t("training.held"), it.held_hours],
          [t("training.standing"), <State key="standing" of={it.standing} as="train" />],
          [t("training.lastUseful"), it.last_useful_on],
        ]}
      />
    </section>
  );
}

/** The projects a teacher stands in line for or took part in. */
export function TeacherEnrolments({ teacherId }: { teacherId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const columns: Column<TrainingEnrolmentOut>[] = [
    { key: "title", title: t("training.title"), show: (it) => it.project_title },
    { key: "starts", title: field("starts_on"), show: (it) => it.starts_on },
    ...useColumns(),
  ];
  return (
    <section className="panel">
      <h2>{t("training.mine")}</h2>
      <List
        name="training-enrolments"
        label={t("training.mine")}
        options={(query: Asked) => listTrainingEnrolmentsOptions({ query })}
        fixed={{ teacher_id: teacherId }}
        keyOf={(it) => it.id}
        to={(it) => `/training-projects/${it.project_id}`}
        columns={columns}
        empty={{ title: t("training.noMine"), hint: t("training.noMineHint") }}
      />
    </section>
  );
}
