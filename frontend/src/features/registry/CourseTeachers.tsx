import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCourseTeachersOptions, listTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { assignCourseTeacher, removeCourseTeacher } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";

type Of = { course_id: string } | { teacher_id: string };

/** Who teaches a course in which term, or which courses a teacher teaches. */
export function CourseTeachers({ of }: { of: Of }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  if (!may("course_teachers:read")) return null;
  return (
    <section className="panel">
      <h2>{t("record.teaching")}</h2>
      {"course_id" in of && may("course_teachers:write") && <Assign courseId={of.course_id} />}
      <Loaded options={listCourseTeachersOptions({ query: { ...of, page_size: 100 } })}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("record.noTeaching")} hint={t("record.noTeachingHint")} />
          ) : (
            <Teaching items={items} of={of} />
          )
        }
      </Loaded>
    </section>
  );
}

type Item = {
  id: string;
  term: string;
  course_code: string;
  course_name: string;
  teacher_name: string;
  staff_number: string;
};

function Teaching({ items, of }: { items: readonly Item[]; of: Of }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const who =
    "course_id" in of
      ? { key: "teacher", title: t("record.teacher"), show: (it: Item) => `${it.teacher_name}（${it.staff_number}）` }
      : { key: "course", title: field("course"), show: (it: Item) => `${it.course_name}（${it.course_code}）` };
  return (
    <Grid
      label={t("record.teaching")}
      rows={items}
      keyOf={(it) => it.id}
      columns={[
        { key: "term", title: t("record.term"), show: (it) => it.term },
        who,
        {
          key: "deeds",
          title: field("deeds"),
          show: (it) => (
            <Deeds
              allowed={may("course_teachers:write") ? ["remove"] : []}
              deeds={{
                remove: {
                  isDanger: true,
                  consequence: t("record.unassignSays", { teacher: it.teacher_name, term: it.term }),
                  run: () => removeCourseTeacher({ path: { course_teacher_id: it.id }, throwOnError: true }),
                },
              }}
            />
          ),
        },
      ]}
    />
  );
}

function Assign({ courseId }: { courseId: string }) {
  const { t } = useTranslation("staff");
  const keyFor = useIdempotency();
  const teachers = useQuery(listTeachersOptions({ query: { is_active: true, page_size: 100 } }));
  const options = (teachers.data?.items ?? []).map((it) => ({
    value: it.id,
    label: `${it.name}（${it.staff_number}）`,
  }));
  return (
    <p>
      <Deeds
        allowed={["assign"]}
        deeds={{
          assign: {
            label: t("record.assign"),
            consequence: t("record.assignSays"),
            fields: [
              { name: "teacher_id", label: t("record.teacher"), options },
              { name: "term", label: t("record.term"), hint: t("record.termHint") },
            ],
            run: (it) => {
              const body = { course_id: courseId, teacher_id: it.teacher_id ?? "", term: it.term ?? "" };
              return assignCourseTeacher({ body, headers: keyFor(body), throwOnError: true });
            },
          },
        }}
      />
    </p>
  );
}
