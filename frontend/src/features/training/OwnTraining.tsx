import { useTranslation } from "react-i18next";
import {
  listTrainingCyclesOptions,
  listTrainingProjectsOptions,
  readOwnTeacherOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { enrolTeachers } from "@/api/staff/sdk.gen.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Completions } from "./Completions.tsx";
import { CycleFacts, TeacherEnrolments } from "./Cycle.tsx";
import { HeldCertificates } from "./HeldCertificates.tsx";
import { OutsideList } from "./Outside.tsx";

/** A teacher's own five years, what they can enrol in and what they completed. */
export function OwnTraining() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("menu.ownTraining")} hint={t("training.ownHint")} />
      <Loaded options={readOwnTeacherOptions()}>
        {(teacher) => (
          <>
            <OwnCycles teacherId={teacher.id} />
            <OnOffer teacherId={teacher.id} />
            <TeacherEnrolments teacherId={teacher.id} />
            <Completions teacherId={teacher.id} />
            <OutsideList teacherId={teacher.id} />
            <HeldCertificates teacherId={teacher.id} />
          </>
        )}
      </Loaded>
    </>
  );
}

function OwnCycles({ teacherId }: { teacherId: string }) {
  const { t } = useTranslation("staff");
  return (
    <>
      <h2>{t("training.ownCycle")}</h2>
      <Loaded options={listTrainingCyclesOptions({ query: { teacher_id: teacherId, page_size: 100 } })}>
        {(page) => (
          <>
            {page.items.length === 0 && <p className="muted">{t("training.noOwnCycle")}</p>}
            {page.items.map((it) => (
              <CycleFacts key={it.id} cycle={it} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

function OnOffer({ teacherId }: { teacherId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  return (
    <section className="panel">
      <h2>{t("training.onOffer")}</h2>
      <List
        name="training-offers"
        label={t("training.onOffer")}
        options={(query) => listTrainingProjectsOptions({ query })}
        fixed={{ state: "published", enrols_from: today }}
        keyOf={(it) => it.id}
        to={(it) => `/training-projects/${it.id}`}
        columns={[
          { key: "title", title: t("training.title"), show: (it) => it.title },
          { key: "origin", title: t("training.origin"), show: (it) => word(it.origin, "train") },
          { key: "mode", title: t("training.mode"), show: (it) => word(it.mode, "train") },
          { key: "hours", title: t("training.hours"), show: (it) => it.hours, isNumber: true },
          { key: "module", title: t("training.isModule"), show: (it) => word(String(it.is_x_module)) },
          { key: "left", title: t("training.left"), show: (it) => it.left, isNumber: true },
          { key: "until", title: t("training.enrolsUntil"), show: (it) => it.enrols_until },
          { key: "days", title: t("training.days"), show: (it) => `${it.starts_on} – ${it.ends_on}` },
          {
            key: "own",
            title: field("state"),
            show: (it) => (it.own_state ? <State of={it.own_state} as="train" /> : "—"),
          },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <div className="page-deeds">
                <Deeds
                  allowed={it.own_state ? [] : it.allowed_deeds}
                  deeds={{
                    enrol: {
                      label: t("training.enrolMe"),
                      consequence: t("training.enrolMeSays"),
                      run: () =>
                        enrolTeachers({
                          path: { project_id: it.id },
                          body: { teacher_ids: [teacherId] },
                          throwOnError: true,
                        }),
                    },
                  }}
                />
              </div>
            ),
          },
        ]}
        empty={{ title: t("training.noOffer"), hint: t("training.noOfferHint") }}
      />
    </section>
  );
}
