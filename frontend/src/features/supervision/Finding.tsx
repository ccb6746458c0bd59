import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getSupervisionFindingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  closeSupervisionFinding,
  finishSupervisionFinding,
  planSupervisionFinding,
  returnSupervisionFinding,
} from "@/api/staff/sdk.gen.ts";
import type { SupervisionFindingOut } from "@/api/staff/types.gen.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { Steps } from "@/ui/staff/Steps.tsx";
import { useOwners } from "./people.ts";

export function Finding({ id }: { id: string }) {
  return (
    <Loaded options={getSupervisionFindingOptions({ path: { finding_id: id } })}>{(it) => <Known it={it} />}</Loaded>
  );
}

function Known({ it }: { it: SupervisionFindingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const deeds = useFindingDeeds(it);
  return (
    <>
      <PageHead
        title={it.title}
        state={
          <>
            <State of={it.state} as="supervising" /> {it.is_overdue && <State of="overdue" as="supervising" />}
          </>
        }
        hint={`${it.college_name} · ${it.raised_by_name} · ${it.raised_on}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={deeds} />
      </PageHead>
      <section className="panel">
        <p>{it.description}</p>
        <Facts
          facts={[
            [
              t("supervise.inAssessment"),
              it.assessment_id && (
                <Link to={`/college-assessments/${it.assessment_id}` as never}>
                  {[it.assessment_year, it.indicator_name].filter(Boolean).join(" · ")}
                </Link>
              ),
            ],
            [t("supervise.certificate"), it.certificate_name],
            [t("supervise.measure"), it.measure],
            [t("supervise.owner"), it.owner_name],
            [field("due_on"), it.due_on],
            [t("supervise.age"), it.age_days],
            [t("supervise.evidence"), it.evidence],
            [t("supervise.doneBy"), it.done_by_name],
            [t("supervise.checkedBy"), it.checked_by_name],
          ]}
        />
      </section>
      <Steps title={t("supervise.timeline")} steps={it.steps} as="supervising" />
      <Audit of={it.id} />
    </>
  );
}

function useFindingDeeds(it: SupervisionFindingOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const owners = useOwners(it.college_id);
  const to = { path: { finding_id: it.id }, throwOnError: true } as const;
  const due = { name: "due_on", label: field("due_on"), type: "date" } as const;
  return {
    plan: {
      label: t("supervise.plan"),
      consequence: t("supervise.planSays"),
      fields: [
        { name: "measure", label: t("supervise.measure"), type: "long", initial: it.measure ?? "" },
        { name: "owner_id", label: t("supervise.owner"), options: owners, initial: it.owner_id ?? "" },
        { ...due, initial: it.due_on ?? "" },
      ],
      run: (values) =>
        planSupervisionFinding({
          ...to,
          body: { measure: values.measure ?? "", owner_id: values.owner_id ?? "", due_on: values.due_on ?? "" },
        }),
    },
    finish: {
      label: t("supervise.finish"),
      consequence: t("supervise.finishSays"),
      fields: [{ name: "evidence", label: t("supervise.evidence"), type: "long" }],
      run: (values) => finishSupervisionFinding({ ...to, body: { evidence: values.evidence ?? "" } }),
    },
    close: {
      label: t("supervise.close"),
      consequence: t("supervise.closeSays"),
      fields: [{ name: "remark", label: t("supervise.remark"), type: "long", isOptional: true }],
      run: (values) => closeSupervisionFinding({ ...to, body: { remark: values.remark || null } }),
    },
    send_back: {
      label: t("supervise.returnIt"),
      consequence: t("supervise.returnSays"),
      isDanger: true,
      fields: [{ name: "reason", label: t("supervise.reason"), type: "long" }, due],
      run: (values) =>
        returnSupervisionFinding({ ...to, body: { reason: values.reason ?? "", due_on: values.due_on ?? "" } }),
    },
  };
}
