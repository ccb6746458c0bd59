import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listSupervisionFindingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { raiseSupervisionFinding } from "@/api/staff/sdk.gen.ts";
import type { CollegeAssessmentDetailOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useOwnColleges } from "./people.ts";

const STATES = ["raised", "planned", "done", "returned", "closed"];

export function AllFindings() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("menu.supervisionFindings")} hint={t("supervise.findingsHint")}>
        <Raise />
      </PageHead>
      <Findings />
    </>
  );
}

/** The findings of one assessment, or all that are seen. */
export function Findings({ of }: { of?: CollegeAssessmentDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const colleges = useColleges();
  const states = useOptions(STATES, "supervising");
  const isOnlyTrue = [{ value: "true", label: word("true") }];
  return (
    <>
      {of && <Raise of={of} />}
      <List
        name="supervision-findings"
        label={t("menu.supervisionFindings")}
        options={(query) => listSupervisionFindingsOptions({ query })}
        fixed={of ? { assessment_id: of.id } : undefined}
        keyOf={(it) => it.id}
        to={(it) => `/supervision-findings/${it.id}`}
        filters={
          of
            ? []
            : [
                { name: "college_id", label: field("college"), options: colleges },
                { name: "state", label: field("state"), options: states },
                { name: "is_overdue", label: t("supervise.overdue"), options: isOnlyTrue },
                { name: "mine", label: t("supervise.mine"), options: isOnlyTrue },
              ]
        }
        columns={[
          { key: "title", title: t("supervise.title"), show: (it) => it.title },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "indicator", title: t("supervise.indicator"), show: (it) => it.indicator_name ?? "—" },
          { key: "owner", title: t("supervise.owner"), show: (it) => it.owner_name ?? "—" },
          { key: "due", title: field("due_on"), show: (it) => it.due_on ?? "—" },
          { key: "age", title: t("supervise.age"), show: (it) => it.age_days, isNumber: true },
          {
            key: "state",
            title: field("state"),
            show: (it) => <State of={it.is_overdue ? "overdue" : it.state} as="supervising" />,
          },
        ]}
        empty={{ title: t("supervise.noFindings"), hint: t("supervise.noFindingsHint") }}
      />
    </>
  );
}

function Raise({ of }: { of?: CollegeAssessmentDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const own = useOwnColleges();
  const certificates = useCertificates();
  const place: Field[] = of
    ? [
        {
          name: "indicator_code",
          label: t("supervise.indicator"),
          options: of.indicators.map((it) => ({ value: it.code, label: it.name })),
          isOptional: true,
        },
      ]
    : [{ name: "college_id", label: field("college"), options: own.options, initial: own.initial }];
  return (
    <Deeds
      allowed={may("supervision_findings:raise") ? ["raise"] : []}
      deeds={{
        raise: {
          label: t("supervise.raise"),
          consequence: t("supervise.raiseSays"),
          fields: [
            { name: "title", label: t("supervise.title") },
            ...place,
            { name: "certificate_id", label: t("supervise.certificate"), options: certificates, isOptional: true },
            { name: "description", label: t("supervise.description"), type: "long" },
          ],
          run: async (it) => {
            const { data } = await raiseSupervisionFinding({
              body: {
                college_id: of?.college_id ?? it.college_id ?? "",
                assessment_id: of?.id ?? null,
                indicator_code: it.indicator_code || null,
                certificate_id: it.certificate_id || null,
                title: it.title ?? "",
                description: it.description ?? "",
              },
              throwOnError: true,
            });
            await navigate({ to: `/supervision-findings/${data.id}` as never });
          },
        },
      }}
    />
  );
}
