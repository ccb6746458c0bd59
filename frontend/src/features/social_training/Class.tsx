import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getSocialClassOptions, listTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  cancelSocialClass,
  changeSocialClass,
  finishSocialClass,
  getSocialClass,
  openSocialClass,
  registerSocialClass,
  startSocialClass,
} from "@/api/staff/sdk.gen.ts";
import type { SocialClassOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { usePlans } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { classBody, useClassFields } from "./Classes.tsx";
import { hoursOf } from "./hours.ts";
import { Participants } from "./Participants.tsx";
import { LogWork } from "./Records.tsx";

export function Class({ id }: { id: string }) {
  return <Loaded options={getSocialClassOptions({ path: { class_id: id } })}>{(it) => <Known class={it} />}</Loaded>;
}

/** What leads on stands first, what ends a class last. */
const cancelLast = (deeds: readonly string[]): string[] =>
  [...deeds].sort((one, other) => Number(one === "cancel") - Number(other === "cancel"));

const teachersOf = (it: SocialClassOut): string[] => it.teachers.map(({ teacher_id }) => teacher_id);

function Known({ class: it }: { class: SocialClassOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const fields = useClassFields();
  const deeds = useClassDeeds(it);
  return (
    <>
      <PageHead
        title={it.title}
        state={<State of={`class_${it.state}`} />}
        hint={`${it.college_name} · ${t("social.days", { from: it.starts_on, to: it.ends_on })}`}
      >
        {it.allowed_deeds.includes("log_workload") && <LogWork classId={it.id} day={it.starts_on} />}
        <Deeds allowed={cancelLast(it.allowed_deeds)} deeds={deeds} />
        {it.allowed_deeds.includes("change") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={(shown) => ({
              title: shown.title,
              partner: shown.partner ?? "",
              hours: hoursOf(shown.hours_tenths),
              starts_on: shown.starts_on,
              ends_on: shown.ends_on,
              places: String(shown.places),
            })}
            read={async () => (await getSocialClass({ path: { class_id: it.id }, throwOnError: true })).data}
            change={(values, shown) =>
              changeSocialClass({
                path: { class_id: it.id },
                headers: ifMatch(shown),
                body: { ...classBody(values), teacher_ids: teachersOf(shown) },
                throwOnError: true,
              })
            }
          />
        )}
      </PageHead>
      {it.reason && <p className="consequence">{t("social.reasonOf", { reason: it.reason })}</p>}
      <section className="panel">
        <Facts
          facts={[
            [field("certificate"), `${it.certificate_name} ${word(`level_${it.level}`)}`],
            [t("social.partner"), it.partner],
            [t("social.hours"), hoursOf(it.hours_tenths)],
            [t("social.taken"), `${it.taken} / ${it.places}`],
            [t("social.missing"), it.missing_results],
            [t("social.certified"), `${it.certified} / ${it.taken}`],
          ]}
        />
      </section>
      <Teachers class={it} />
      {may("social_participants:read") && <Participants class={it} />}
      <Audit of={it.id} />
    </>
  );
}

/** Who teaches the class: each is named or taken out at once, on the copy that is shown. */
function Teachers({ class: it }: { class: SocialClassOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const isRun = it.allowed_deeds.includes("change");
  const { data } = useQuery({
    ...listTeachersOptions({ query: { page_size: 100, college_id: it.college_id } }),
    enabled: isRun,
  });
  const put = async (teacher_ids: string[]): Promise<void> => {
    setError(null);
    try {
      const { title, partner, hours_tenths, starts_on, ends_on, places } = it;
      await changeSocialClass({
        path: { class_id: it.id },
        headers: ifMatch(it),
        body: { title, partner, hours_tenths, starts_on, ends_on, places, teacher_ids },
        throwOnError: true,
      });
      message.success(t("common.done", { deed: t("social.teachers") }));
    } catch (refusal) {
      setError(refusal);
    }
    await queryClient.invalidateQueries();
  };
  const named = teachersOf(it);
  const others = (data?.items ?? []).filter((each) => each.is_active && !named.includes(each.id));
  return (
    <section className="panel">
      <h2>{t("social.teachers")}</h2>
      {it.teachers.length === 0 && <p className="muted">{t("social.noTeachers")}</p>}
      {it.teachers.length > 0 && (
        <Grid
          label={t("social.teachers")}
          rows={it.teachers}
          keyOf={(each) => each.teacher_id}
          columns={[
            { key: "name", title: field("person"), show: (each) => each.name },
            { key: "number", title: field("staff_number"), show: (each) => each.staff_number },
            {
              key: "deeds",
              title: field("deeds"),
              show: (each) => (
                <>
                  {may("workload:verify") && (
                    <LinkButton to={`/workload-statements/${each.teacher_id}`}>{t("workload.statement")}</LinkButton>
                  )}{" "}
                  {isRun && (
                    <Button
                      aria-label={`${t("common.remove")} ${each.name}`}
                      onClick={() => void put(named.filter((one) => one !== each.teacher_id))}
                    >
                      {t("common.remove")}
                    </Button>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
      {isRun && (
        <label className="filter">
          <span>{t("social.addTeacher")}</span>
          <select value="" onChange={(event) => event.target.value && void put([...named, event.target.value])}>
            <option value="">—</option>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {`${each.name}（${each.staff_number}）`}
              </option>
            ))}
          </select>
        </label>
      )}
      {error !== null && <ProblemNote error={error} />}
    </section>
  );
}

function useClassDeeds(it: SocialClassOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const plans = usePlans();
  const keyFor = useIdempotency();
  const to = { path: { class_id: it.id }, throwOnError: true } as const;
  return {
    open: {
      label: t("social.open"),
      consequence: t("social.openSays", { places: it.places }),
      run: () => openSocialClass(to),
    },
    start: { label: t("social.start"), consequence: t("social.startSays"), run: () => startSocialClass(to) },
    register_for_exam: {
      label: t("social.register"),
      consequence: plans.length > 0 ? t("social.registerSays") : t("social.noPlans"),
      fields: [{ name: "exam_plan_id", label: field("plan"), options: plans }],
      run: (values) => {
        const body = { exam_plan_id: values.exam_plan_id ?? "" };
        return registerSocialClass({ ...to, body, headers: keyFor(body) });
      },
    },
    finish: { label: t("social.finish"), consequence: t("social.finishSays"), run: () => finishSocialClass(to) },
    cancel: {
      label: t("social.cancel"),
      consequence: t("social.cancelSays"),
      isDanger: true,
      fields: [{ name: "reason", label: t("social.reason"), type: "long" }],
      run: (values) => cancelSocialClass({ ...to, body: { reason: values.reason ?? "" } }),
    },
  };
}
