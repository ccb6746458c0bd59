import { useTranslation } from "react-i18next";
import {
  listQualificationCoverageOptions,
  listTeacherQualificationsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { revokeTeacherQualification } from "@/api/staff/sdk.gen.ts";
import type { TeacherQualificationOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { KINDS, useOwnOptions } from "./choices.ts";

const STATES = ["valid", "upcoming", "expired", "revoked"];

/** Who may teach and who may examine which level. */
export function Qualifications() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const grant = may("qualifications:grant") && (
    <LinkButton to="/teacher-qualifications/new">{t("quals.grant")}</LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.qualifications")} hint={t("quals.holdHint")}>
        {grant}
        {may("colleges:read") && <LinkButton to="/qualification-coverage">{t("quals.coverage")}</LinkButton>}
      </PageHead>
      <List
        name="teacher-qualifications"
        label={t("menu.qualifications")}
        options={(query) => listTeacherQualificationsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "kind", label: field("kind"), options: useOwnOptions(KINDS) },
          { name: "state", label: field("state"), options: useOwnOptions(STATES) },
          { name: "certificate_id", label: field("certificate"), options: useCertificates() },
          { name: "college_id", label: field("college"), options: useColleges() },
        ]}
        columns={[
          { key: "name", title: field("person"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
          { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
          { key: "kind", title: field("kind"), show: (it) => word(it.kind, "qualification") },
          { key: "from", title: t("quals.validFrom"), show: (it) => it.valid_from },
          { key: "until", title: t("quals.validUntil"), show: (it) => it.valid_until ?? "—" },
          {
            key: "basis",
            title: t("quals.basis"),
            show: (it) => it.document_number ?? t("quals.bySeed", { name: it.seed_teacher_name ?? "" }),
          },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="qualification" /> },
          { key: "deeds", title: field("deeds"), show: (it) => <Revoke held={it} /> },
        ]}
        empty={{ title: t("quals.none"), hint: t("quals.noneHint"), action: grant }}
      />
    </>
  );
}

function Revoke({ held }: { held: TeacherQualificationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <Deeds
      allowed={held.allowed_deeds}
      deeds={{
        revoke: {
          label: word("revoke", "qualification"),
          consequence: t("quals.revokeSays"),
          isDanger: true,
          fields: [{ name: "reason", label: field("reason"), type: "long" }],
          run: (it) =>
            revokeTeacherQualification({
              path: { qualification_id: held.id },
              body: { reason: it.reason ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

const WITHIN = ["30", "90", "180", "365"];

/** What each college has admitted, with who may teach and examine it, what ends soon, and what nobody may. */
export function QualificationCoverage() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [search] = useUrlState();
  const days = String(search.expiring_within_days ?? "90");
  const told = (now: number, ending: number): string =>
    ending === 0 ? String(now) : `${now}（${t("quals.expiring", { days })} ${ending}）`;
  return (
    <>
      <PageHead title={t("quals.coverage")} hint={t("quals.coverageHint")}>
        <LinkButton to="/teacher-qualifications">{t("menu.qualifications")}</LinkButton>
      </PageHead>
      <List
        name="qualification-coverage"
        label={t("quals.coverage")}
        options={(query) => listQualificationCoverageOptions({ query })}
        keyOf={(it) => `${it.college_id}${it.certificate_level_id}`}
        filters={[
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "certificate_id", label: field("certificate"), options: useCertificates() },
          {
            name: "expiring_within_days",
            label: t("quals.within"),
            options: WITHIN.map((value) => ({ value, label: value })),
          },
          { name: "only_gaps", label: t("quals.onlyGaps"), options: useOptions(["true"]) },
        ]}
        columns={[
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
          { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
          {
            key: "teach",
            title: t("quals.canTeach"),
            show: (it) => told(it.teach, it.teach_expiring),
            isNumber: true,
          },
          {
            key: "examine",
            title: t("quals.canExamine"),
            show: (it) => told(it.examine, it.examine_expiring),
            isNumber: true,
          },
          {
            key: "gaps",
            title: t("quals.gap"),
            show: (it) => it.gaps.map((kind) => word(kind, "qualification")).join("、") || t("quals.noGap"),
          },
        ]}
        empty={{ title: t("quals.noCoverage"), hint: t("quals.noCoverageHint") }}
      />
    </>
  );
}
