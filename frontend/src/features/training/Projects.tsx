import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listTrainingProjectsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { draftTrainingProject } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ORIGINS, projectOf, useProjectFields } from "./fields.ts";

const STATES = ["draft", "published", "closed", "cancelled"];

/** The trainings that are offered to teachers, and how many places are held. */
export function Projects() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const fields = useProjectFields();
  const action = (
    <Deeds
      allowed={may("training:run") ? ["draft"] : []}
      deeds={{
        draft: {
          label: t("training.draft"),
          consequence: t("training.draftSays"),
          fields,
          run: async (it) => {
            const { data } = await draftTrainingProject({ body: projectOf(it, null), throwOnError: true });
            await navigate({ to: `/training-projects/${data.id}` as never });
          },
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.trainingProjects")} hint={t("training.projectsHint")}>
        {action}
      </PageHead>
      <List
        name="training-projects"
        label={t("menu.trainingProjects")}
        options={(query) => listTrainingProjectsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/training-projects/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES, "train") },
          { name: "origin", label: t("training.origin"), options: useOptions(ORIGINS, "train") },
          { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
        ]}
        columns={[
          { key: "title", title: t("training.title"), show: (it) => it.title },
          { key: "origin", title: t("training.origin"), show: (it) => word(it.origin, "train") },
          { key: "mode", title: t("training.mode"), show: (it) => word(it.mode, "train") },
          { key: "tier", title: t("training.tier"), show: (it) => (it.level ? word(`level_${it.level}`) : "—") },
          { key: "hours", title: t("training.hours"), show: (it) => it.hours, isNumber: true },
          { key: "taken", title: t("training.taken"), show: (it) => `${it.taken} / ${it.places}`, isNumber: true },
          { key: "waiting", title: t("training.waiting"), show: (it) => it.waiting, isNumber: true },
          { key: "until", title: t("training.enrolsUntil"), show: (it) => it.enrols_until },
          { key: "days", title: t("training.days"), show: (it) => `${it.starts_on} – ${it.ends_on}` },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="train" /> },
        ]}
        empty={{ title: t("training.none"), hint: t("training.noneHint"), action }}
      />
    </>
  );
}
