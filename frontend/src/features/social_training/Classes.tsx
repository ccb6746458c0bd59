import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getSocialFiguresOptions, listSocialClassesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createSocialClass } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { share, today } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { hoursOf, tenthsOf } from "./hours.ts";

const STATES = ["draft", "open", "running", "finished", "cancelled"];

/** What a class is made and changed with. */
export function useClassFields(): Field[] {
  const { t } = useTranslation("staff");
  return [
    { name: "title", label: t("social.title") },
    { name: "partner", label: t("social.partner"), isOptional: true },
    { name: "hours", label: t("social.hours"), hint: t("social.hoursHint") },
    { name: "starts_on", label: t("social.startsOn"), type: "date" },
    { name: "ends_on", label: t("social.endsOn"), type: "date" },
    { name: "places", label: t("social.places"), type: "number" },
  ];
}

export function classBody(it: Values) {
  return {
    title: it.title ?? "",
    partner: it.partner || null,
    hours_tenths: tenthsOf(it.hours),
    starts_on: it.starts_on ?? "",
    ends_on: it.ends_on ?? "",
    places: Number(it.places),
  };
}

function NewClass() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const fields = useClassFields();
  const colleges = useColleges();
  const levels = useLevels();
  return (
    <Deeds
      allowed={may("social_classes:run") ? ["create"] : []}
      deeds={{
        create: {
          label: t("social.create"),
          consequence: t("social.createSays"),
          fields: [
            { name: "college_id", label: field("college"), options: colleges },
            { name: "certificate_level_id", label: field("certificate"), options: levels },
            ...fields,
          ],
          run: async (it) => {
            const { data } = await createSocialClass({
              body: {
                college_id: it.college_id ?? "",
                certificate_level_id: it.certificate_level_id ?? "",
                ...classBody(it),
              },
              throwOnError: true,
            });
            await navigate({ to: `/social-classes/${data.id}` as never });
          },
        },
      }}
    />
  );
}

/** The classes of social service, and what they came to in a year. */
export function Classes() {
  const { t } = useTranslation("staff");
  const views = [
    ["classes", t("social.classes")],
    ["figures", t("social.figures")],
  ] as const;
  const [search] = useUrlState();
  const now = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.socialClasses")} hint={now === "classes" ? t("social.hint") : t("social.figuresHint")}>
        <NewClass />
      </PageHead>
      <Views views={views} now={now} label={t("menu.socialClasses")} />
      {now === "classes" ? <ClassList /> : <Figures />}
    </>
  );
}

function ClassList() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const runs = useMay()("social_classes:run");
  return (
    <List
      name="social-classes"
      label={t("menu.socialClasses")}
      options={(query) => listSocialClassesOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/social-classes/${it.id}`}
      filters={[
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
        {
          name: "state",
          label: field("state"),
          options: useOptions(STATES.map((it) => `class_${it}`)).map((it) => ({
            ...it,
            value: it.value.replace("class_", ""),
          })),
        },
      ]}
      columns={[
        { key: "title", title: t("social.title"), show: (it) => it.title },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        {
          key: "level",
          title: field("certificate"),
          show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
        },
        { key: "days", title: t("social.startsOn"), show: (it) => it.starts_on },
        { key: "hours", title: t("social.hours"), show: (it) => hoursOf(it.hours_tenths), isNumber: true },
        { key: "taken", title: t("social.taken"), show: (it) => `${it.taken} / ${it.places}`, isNumber: true },
        { key: "certified", title: t("social.certified"), show: (it) => it.certified, isNumber: true },
        { key: "state", title: field("state"), show: (it) => <State of={`class_${it.state}`} /> },
      ]}
      empty={{ title: t("social.none"), hint: runs ? t("social.noneHint") : t("social.noneForTeacher") }}
    />
  );
}

/** The academic year a page tells of: the present one, or another that is chosen. */
export function useYear(): string {
  const [search] = useUrlState();
  return search.academic_year ?? yearsBack()[0]?.value ?? "";
}

export function YearChoice() {
  const { t } = useTranslation("staff");
  const [, change] = useUrlState();
  return (
    <label className="filter">
      <span>{t("social.year")}</span>
      <select value={useYear()} onChange={(event) => change({ academic_year: event.target.value })}>
        {yearsBack().map((it) => (
          <option key={it.value} value={it.value}>
            {it.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The academic years one may ask for, the present one first. */
function yearsBack(): { value: string; label: string }[] {
  const day = today();
  const first = Number(day.slice(0, 4)) - (day.slice(5, 7) < "09" ? 1 : 0);
  return [0, 1, 2, 3, 4].map((back) => {
    const value = `${first - back}-${first - back + 1}`;
    return { value, label: value };
  });
}

function Figures() {
  const { t } = useTranslation("staff");
  const field = useField();
  const [search] = useUrlState();
  const academic_year = useYear();
  const college_id = search.college_id;
  const answer = useQuery(getSocialFiguresOptions({ query: { academic_year, ...(college_id && { college_id }) } }));
  return (
    <>
      <YearChoice />
      <FilterBar
        list="social-figures"
        filters={[{ name: "college_id", label: field("college"), options: useColleges() }]}
      />
      {answer.error && <ProblemNote error={answer.error} />}
      {answer.isPending && <Waiting />}
      {answer.data?.colleges.length === 0 && <Empty title={t("social.noFigures")} hint={t("social.noFiguresHint")} />}
      {answer.data && answer.data.colleges.length > 0 && (
        <Grid
          label={`${t("social.figures")} ${academic_year}`}
          rows={answer.data.colleges}
          keyOf={(it) => it.college_id}
          columns={[
            { key: "college", title: field("college"), show: (it) => it.college_name },
            { key: "classes", title: t("social.classes"), show: (it) => it.classes, isNumber: true },
            ...(
              [
                ["enterprise_employees", "enterprise_employee"],
                ["key_employment", "key_employment"],
                ["low_income", "low_income"],
              ] as const
            ).map(([name, code]) => ({
              key: name,
              title: t(`word.${code}`),
              show: (it: (typeof answer.data.colleges)[number]) => it[name],
              isNumber: true,
            })),
            { key: "all", title: t("social.participants"), show: (it) => it.participants, isNumber: true },
            {
              key: "attended",
              title: t("social.attendedAll"),
              show: (it) => hoursOf(it.attended_tenths),
              isNumber: true,
            },
            {
              key: "rate",
              title: t("social.rate"),
              show: (it) => share(it.certified, it.participants),
              isNumber: true,
            },
          ]}
        />
      )}
    </>
  );
}
