import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listParticipationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { askParticipation } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useLevels, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useParticipationDeeds } from "./deeds.ts";

const STATES = ["asked", "approved", "refused", "ended"];

/** Which certificates a college pilots in which year, with how many places. */
export function Participations() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const deedsOf = useParticipationDeeds();
  const action = <Deeds allowed={may("participations:ask") ? ["ask"] : []} deeds={{ ask: useAsking() }} />;
  return (
    <>
      <PageHead title={t("menu.participations")} hint={t("asking.hint")}>
        {action}
      </PageHead>
      <List
        name="participations"
        label={t("menu.participations")}
        options={(query) => listParticipationsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/participations/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES) },
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "programme_id", label: field("programme"), options: useProgrammes() },
          { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
          { name: "academic_year", label: field("academic_year") },
        ]}
        columns={[
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "year", title: field("academic_year"), show: (it) => it.academic_year },
          { key: "college", title: field("college"), show: (it) => it.programme_name ?? it.college_name },
          {
            key: "quota",
            title: field("quota"),
            show: (it) => `${it.taken} / ${it.quota ?? it.quota_asked}`,
            isNumber: true,
          },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <div className="page-deeds">
                <Deeds
                  allowed={it.allowed_deeds.filter((name) => name === "approve" || name === "refuse")}
                  deeds={deedsOf(it)}
                />
              </div>
            ),
          },
        ]}
        empty={{ title: t("participations.none"), hint: t("participations.noneHint"), action }}
      />
    </>
  );
}

function useAsking(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  const me = useMe();
  const navigate = useNavigate();
  const colleges = useColleges().filter((it) => me.college_ids.includes(it.value));
  return {
    label: t("asking.ask"),
    consequence: t("asking.askSays"),
    fields: [
      { name: "academic_year", label: field("academic_year"), hint: t("asking.yearHint"), initial: thisYear() },
      { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
      {
        name: "programme_id",
        label: field("programme"),
        options: useProgrammes(),
        isOptional: true,
        hint: t("asking.programmeHint"),
      },
      {
        name: "college_id",
        label: field("college"),
        options: colleges,
        isOptional: true,
        ...(colleges[0] && { initial: colleges[0].value }),
      },
      { name: "quota_asked", label: t("asking.quotaAsked"), type: "number" },
      { name: "reason", label: field("reason"), type: "long", isOptional: true },
    ],
    run: async (it) => {
      const { data } = await askParticipation({
        body: {
          academic_year: it.academic_year ?? "",
          certificate_level_id: it.certificate_level_id ?? "",
          // For one programme, or for all of a college together.
          ...(it.programme_id ? { programme_id: it.programme_id } : { college_id: it.college_id || null }),
          quota_asked: Number(it.quota_asked),
          reason: it.reason || null,
        },
        throwOnError: true,
      });
      await navigate({ to: `/participations/${data.id}` as never });
    },
  };
}

/** The academic year to begin with in the form; it may be typed over. */
function thisYear(): string {
  const now = new Date();
  const first = now.getMonth() >= 8 ? now.getFullYear() : now.getFullYear() - 1;
  return `${first}-${first + 1}`;
}
