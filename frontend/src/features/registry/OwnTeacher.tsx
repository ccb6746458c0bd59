import { useTranslation } from "react-i18next";
import { readOwnTeacherOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** Who one is in the register: what the college keeps of a teacher who signs in. */
export function OwnTeacher() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const colleges = useColleges();
  return (
    <>
      <PageHead title={t("menu.ownTeacher")} hint={t("record.ownTeacherHint")} />
      <Loaded options={readOwnTeacherOptions()}>
        {(it) => (
          <section className="panel">
            <Facts
              facts={[
                [field("person"), it.name],
                [field("staff_number"), it.staff_number],
                [field("college"), nameIn(colleges, it.college_id)],
                [field("is_active"), word(String(it.is_active))],
              ]}
            />
            <div className="panel-deeds">
              {may("courses:read") && <LinkButton to="/courses">{t("menu.courses")}</LinkButton>}
              {may("training_plans:read") && <LinkButton to="/training-plans">{t("menu.trainingPlans")}</LinkButton>}
            </div>
          </section>
        )}
      </Loaded>
    </>
  );
}
