import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listSeedTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { nominateSeedTeacher } from "@/api/staff/sdk.gen.ts";
import type { Level } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { linesOf, useCategories, useOwnOptions, useTeachers, useTiers } from "./choices.ts";

const STATES = ["nominated", "certified", "active", "lapsed", "declined", "revoked"];

function Nominate() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const navigate = useNavigate();
  const categories = useCategories();
  return (
    <Deeds
      allowed={may("seed_teachers:nominate") ? ["nominate"] : []}
      deeds={{
        nominate: {
          label: t("quals.nominate"),
          consequence: t("quals.nominateSays"),
          fields: [
            { name: "teacher_id", label: t("planning.teacher"), options: useTeachers() },
            {
              name: "certificate_category_id",
              label: t("quals.category"),
              options: categories,
              ...(categories.length === 0 && { hint: t("quals.askOffice") }),
            },
            { name: "tier", label: t("quals.tier"), options: useTiers() },
            { name: "evidence", label: t("quals.evidence"), type: "long" },
            {
              name: "evidence_references",
              label: t("quals.references"),
              type: "long",
              hint: t("quals.referencesHint"),
              isOptional: true,
            },
          ],
          run: async (it) => {
            const { data } = await nominateSeedTeacher({
              body: {
                teacher_id: it.teacher_id ?? "",
                certificate_category_id: it.certificate_category_id ?? "",
                tier: it.tier as Level,
                evidence: it.evidence ?? "",
                evidence_references: linesOf(it.evidence_references),
              },
              throwOnError: true,
            });
            await navigate({ to: `/seed-teachers/${data.id}` as never });
          },
        },
      }}
    />
  );
}

/** Seed teachers by category and tier, as the day has them. */
export function SeedTeachers() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <PageHead title={t("menu.seedTeachers")} hint={t("quals.seedHint")}>
        <Nominate />
        <LinkButton to="/certificate-categories">{t("quals.categories")}</LinkButton>
      </PageHead>
      <List
        name="seed-teachers"
        label={t("menu.seedTeachers")}
        options={(query) => listSeedTeachersOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/seed-teachers/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: useOwnOptions(STATES) },
          { name: "certificate_category_id", label: t("quals.category"), options: useCategories() },
          { name: "tier", label: t("quals.tier"), options: useTiers() },
          { name: "college_id", label: field("college"), options: useColleges() },
        ]}
        columns={[
          { key: "name", title: field("person"), show: (it) => it.teacher_name },
          { key: "staff_number", title: field("staff_number"), show: (it) => it.staff_number },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "category", title: t("quals.category"), show: (it) => it.category_name },
          { key: "tier", title: t("quals.tier"), show: (it) => word(`level_${it.tier}`) },
          { key: "from", title: t("quals.validFrom"), show: (it) => it.valid_from ?? "—" },
          { key: "until", title: t("quals.validUntil"), show: (it) => it.valid_until ?? "—" },
          { key: "vouched", title: t("quals.vouched"), show: (it) => it.vouched, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="qualification" /> },
        ]}
        empty={{ title: t("quals.noSeeds"), hint: t("quals.noSeedsHint"), action: <Nominate /> }}
      />
    </>
  );
}
