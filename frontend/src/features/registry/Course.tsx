import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getCourseOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeCourse, getCourse, removeCourse } from "@/api/staff/sdk.gen.ts";
import type { CourseOfProgrammeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { courseOf, useCourseFields } from "./Courses.tsx";
import { CourseTeachers } from "./CourseTeachers.tsx";
import { useRemoval } from "./removal.ts";

export function Course({ id }: { id: string }) {
  return <Loaded options={getCourseOptions({ path: { course_id: id } })}>{(it) => <Known course={it} />}</Loaded>;
}

const valuesOf = (it: CourseOfProgrammeOut): Values => ({
  code: it.code,
  name: it.name,
  credits: it.credits,
  hours: String(it.hours),
  category: it.category,
  is_compulsory: it.is_compulsory ? "on" : "",
});

function Known({ course: it }: { course: CourseOfProgrammeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const fields = useCourseFields();
  const programmes = useProgrammes();
  const to = { path: { course_id: it.id }, throwOnError: true } as const;
  const remove = useRemoval(it.name, it.code, () => removeCourse({ ...to, headers: ifMatch(it) }), "/courses");
  return (
    <>
      <PageHead title={it.name} hint={it.code}>
        {may("courses:write") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={valuesOf}
            consequence={t("record.courseSays")}
            read={async () => (await getCourse(to)).data}
            change={(values, shown) => changeCourse({ ...to, body: courseOf(values), headers: ifMatch(shown) })}
          />
        )}
        <Deeds allowed={may("courses:write") ? ["remove"] : []} deeds={{ remove }} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [
              field("programme"),
              <Link key="programme" to={`/programmes/${it.programme_id}` as never}>
                {nameIn(programmes, it.programme_id)}
              </Link>,
            ],
            [field("credits"), it.credits],
            [field("hours"), it.hours],
            [field("category"), word(it.category)],
            [field("is_compulsory"), word(String(it.is_compulsory))],
          ]}
        />
        {may("course_grades:read") && (
          <p>
            <Link to={`/course-grades?course_id=${it.id}` as never}>{t("menu.courseGrades")}</Link>
          </p>
        )}
      </section>
      <CourseTeachers of={{ course_id: it.id }} />
      <Audit of={it.id} />
    </>
  );
}
