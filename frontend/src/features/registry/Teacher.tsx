import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getTeacherOptions, listPeopleOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeTeacher, getTeacher, linkTeacher, removeTeacher } from "@/api/staff/sdk.gen.ts";
import type { TeacherOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { CourseTeachers } from "./CourseTeachers.tsx";
import { useRemoval } from "./removal.ts";

export function Teacher({ id }: { id: string }) {
  return <Loaded options={getTeacherOptions({ path: { teacher_id: id } })}>{(it) => <Known teacher={it} />}</Loaded>;
}

const valuesOf = (it: TeacherOut): Values => ({
  college_id: it.college_id,
  staff_number: it.staff_number,
  name: it.name,
  is_active: it.is_active ? "on" : "",
});

/** A teacher of the register becomes somebody who signs in by being linked with a person. */
function useLinking(teacher: TeacherOut): Deed {
  const { t } = useTranslation("staff");
  const may = useMay();
  const query = { role: "teacher", page_size: 100 } as const;
  const people = useQuery({ ...listPeopleOptions({ query }), enabled: may("people:read") && may("teachers:link") });
  const options = (people.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.username}）` }));
  return {
    label: t("record.link"),
    consequence: t("record.linkSays", { name: teacher.name }),
    fields: [
      {
        name: "person_id",
        label: t("record.person"),
        options,
        isOptional: true,
        initial: teacher.person_id ?? "",
        hint: t("record.nobodyHint"),
      },
    ],
    run: (it) =>
      linkTeacher({
        path: { teacher_id: teacher.id },
        body: { person_id: it.person_id || null },
        throwOnError: true,
      }),
  };
}

function Known({ teacher: it }: { teacher: TeacherOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const colleges = useColleges();
  const link = useLinking(it);
  const to = { path: { teacher_id: it.id }, throwOnError: true } as const;
  const remove = useRemoval(
    it.name,
    it.staff_number,
    () => removeTeacher({ ...to, headers: ifMatch(it) }),
    "/teachers",
  );
  const allowed = [...(may("teachers:link") ? ["link"] : []), ...(may("teachers:write") ? ["remove"] : [])];
  return (
    <>
      <PageHead title={it.name} hint={it.staff_number}>
        {may("teachers:write") && (
          <EditButton
            it={it}
            fields={[
              { name: "college_id", label: field("college"), options: colleges },
              { name: "staff_number", label: field("staff_number") },
              { name: "name", label: field("person") },
              { name: "is_active", label: field("is_active"), type: "check" },
            ]}
            valuesOf={valuesOf}
            read={async () => (await getTeacher(to)).data}
            change={(values, shown) => {
              const body = {
                college_id: values.college_id ?? "",
                staff_number: values.staff_number ?? "",
                name: values.name ?? "",
                is_active: values.is_active === "on",
              };
              return changeTeacher({ ...to, body, headers: ifMatch(shown) });
            }}
          />
        )}
        <Deeds allowed={allowed} deeds={{ link, remove }} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("college"), nameIn(colleges, it.college_id)],
            [field("is_active"), word(String(it.is_active))],
            [t("record.person"), it.person_id ? <Person key="person" id={it.person_id} /> : t("record.nobody")],
          ]}
        />
      </section>
      <CourseTeachers of={{ teacher_id: it.id }} />
      <Audit of={it.id} />
    </>
  );
}

function Person({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  return may("people:read") ? (
    <Link to={`/people/${id}` as never}>{t("common.open")}</Link>
  ) : (
    <code>{id.slice(0, 8)}</code>
  );
}
