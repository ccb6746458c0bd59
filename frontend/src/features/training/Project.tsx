import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getTrainingProjectOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  cancelTrainingProject,
  changeTrainingPlaces,
  changeTrainingProject,
  closeTrainingProject,
  enrolTeachers,
  getTrainingProject,
  publishTrainingProject,
} from "@/api/staff/sdk.gen.ts";
import type { TrainingProjectOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Enrolments } from "./Enrolments.tsx";
import { projectOf, useProjectFields, valuesOf } from "./fields.ts";
import { ResultSheet } from "./ResultSheet.tsx";
import { Survey } from "./Survey.tsx";
import { TeacherChoice } from "./TeacherChoice.tsx";

export function Project({ id }: { id: string }) {
  return (
    <Loaded options={getTrainingProjectOptions({ path: { project_id: id } })}>{(it) => <Known project={it} />}</Loaded>
  );
}

/** One project: what it is, who takes part, what came of it and what they say. */
function Known({ project: it }: { project: TrainingProjectOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const deeds = useProjectDeeds(it);
  const fields = useProjectFields();
  const path = { project_id: it.id };
  return (
    <>
      <PageHead title={it.title} state={<State of={it.state} as="train" />} hint={`${it.starts_on} – ${it.ends_on}`}>
        {/* Whoever enrols nobody but themself does so on a page of their own. */}
        <Deeds allowed={it.allowed_deeds.filter((name) => name !== "enrol" || may("teachers:read"))} deeds={deeds} />
        {it.allowed_deeds.includes("change") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={valuesOf}
            read={async () => (await getTrainingProject({ path, throwOnError: true })).data}
            change={(values, shown) =>
              changeTrainingProject({
                path,
                headers: ifMatch(shown),
                body: projectOf(values, shown.organisation_id),
                throwOnError: true,
              })
            }
          />
        )}
      </PageHead>
      {it.cancelled_because && (
        <p className="consequence">{t("training.cancelledBecause", { reason: it.cancelled_because })}</p>
      )}
      <ProjectFacts project={it} />
      {it.allowed_deeds.includes("record") && <ResultSheet project={it} />}
      {it.state !== "draft" && <Enrolments projectId={it.id} />}
      {it.concluded > 0 && <Survey id={it.id} />}
      <Audit of={it.id} />
    </>
  );
}

function ProjectFacts({ project: it }: { project: TrainingProjectOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <Facts
        facts={[
          [t("training.origin"), word(it.origin, "train")],
          [field("organisation"), it.organisation_name],
          [t("training.tier"), it.level && `${it.certificate_name} ${word(`level_${it.level}`)}`],
          [t("training.mode"), word(it.mode, "train")],
          [t("training.venue"), it.venue],
          [t("training.hours"), it.hours],
          [t("training.isModule"), word(String(it.is_x_module))],
          [t("training.taken"), `${it.taken} / ${it.places}`],
          [t("training.waiting"), it.waiting],
          [t("training.enrolsUntil"), it.enrols_until],
          [field("document_number"), it.document_number],
        ]}
      />
      <h2>{t("training.scheme")}</h2>
      <p>{it.scheme}</p>
    </section>
  );
}

function useProjectDeeds(it: TrainingProjectOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const to = { path: { project_id: it.id }, throwOnError: true } as const;
  return {
    publish: {
      label: t("training.publish"),
      consequence: t("training.publishSays"),
      run: () => publishTrainingProject(to),
    },
    enrol: {
      label: t("training.enrol"),
      consequence: t("training.enrolSays"),
      extra: <TeacherChoice chosen={chosen} onChange={setChosen} />,
      run: async () => {
        await enrolTeachers({ ...to, body: { teacher_ids: [...chosen] } });
        setChosen([]);
      },
    },
    change_places: {
      label: t("training.changePlaces"),
      consequence: t("training.changePlacesSays"),
      fields: [{ name: "places", label: t("training.places"), type: "number", initial: String(it.places) }],
      run: (values) => changeTrainingPlaces({ ...to, body: { places: Number(values.places) } }),
    },
    close: {
      label: t("training.close"),
      consequence: t("training.closeSays"),
      run: () => closeTrainingProject(to),
    },
    cancel: {
      label: t("training.cancelProject"),
      consequence: t("training.cancelSays"),
      isDanger: true,
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (values) => cancelTrainingProject({ ...to, body: { reason: values.reason ?? "" } }),
    },
  };
}
