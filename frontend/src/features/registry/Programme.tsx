import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getProgrammeOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeProgramme, getProgramme, removeProgramme } from "@/api/staff/sdk.gen.ts";
import type { ProgrammeWithCoursesOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useProgrammeFields } from "./Programmes.tsx";
import { useRemoval } from "./removal.ts";

export function Programme({ id }: { id: string }) {
  return (
    <Loaded options={getProgrammeOptions({ path: { programme_id: id } })}>{(it) => <Known programme={it} />}</Loaded>
  );
}

const valuesOf = (it: ProgrammeWithCoursesOut): Values => ({
  college_id: it.college.id,
  code: it.code,
  name: it.name,
  is_pilot: it.is_pilot ? "on" : "",
  is_showcase: it.is_showcase ? "on" : "",
});

function Known({ programme: it }: { programme: ProgrammeWithCoursesOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const fields = useProgrammeFields();
  const to = { path: { programme_id: it.id }, throwOnError: true } as const;
  const remove = useRemoval(it.name, it.code, () => removeProgramme({ ...to, headers: ifMatch(it) }), "/programmes");
  return (
    <>
      <PageHead title={it.name} hint={`${it.code} · ${it.college.name}`}>
        {may("programmes:write") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={valuesOf}
            read={async () => (await getProgramme(to)).data}
            change={(values, shown) => {
              const body = {
                college_id: values.college_id ?? "",
                code: values.code ?? "",
                name: values.name ?? "",
                is_pilot: values.is_pilot === "on",
                is_showcase: values.is_showcase === "on",
              };
              return changeProgramme({ ...to, body, headers: ifMatch(shown) });
            }}
          />
        )}
        <Deeds allowed={may("programmes:write") ? ["remove"] : []} deeds={{ remove }} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("college"), it.college.name],
            [field("is_pilot"), word(String(it.is_pilot))],
            [field("is_showcase"), word(String(it.is_showcase))],
          ]}
        />
        <p>
          <Link to={`/training-plans?programme_id=${it.id}` as never}>{t("menu.trainingPlans")}</Link>{" "}
          <Link to={`/students?programme_id=${it.id}` as never}>{t("menu.students")}</Link>{" "}
          <Link to={`/progress?programme_id=${it.id}` as never}>{t("menu.progress")}</Link>
        </p>
      </section>
      <section className="panel">
        <h2>{t("menu.courses")}</h2>
        {it.courses.length === 0 ? (
          <p className="muted">{t("registry.noneHint")}</p>
        ) : (
          <Grid
            label={t("menu.courses")}
            rows={it.courses}
            keyOf={(course) => course.id}
            to={(course) => `/courses/${course.id}`}
            columns={[
              { key: "code", title: field("code"), show: (course) => course.code },
              { key: "name", title: field("name"), show: (course) => course.name },
              { key: "credits", title: field("credits"), show: (course) => course.credits, isNumber: true },
              { key: "category", title: field("category"), show: (course) => word(course.category) },
              { key: "must", title: field("is_compulsory"), show: (course) => word(String(course.is_compulsory)) },
            ]}
          />
        )}
      </section>
      <Audit of={it.id} />
    </>
  );
}
