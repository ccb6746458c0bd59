import { useTranslation } from "react-i18next";
import { getPilotProblemOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  assignPilotProblem,
  confirmPilotProblem,
  reopenPilotProblem,
  resolvePilotProblem,
} from "@/api/staff/sdk.gen.ts";
import type { PilotProblemOut } from "@/api/staff/types.gen.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { Steps } from "@/ui/staff/Steps.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { usePeople } from "./people.ts";

export function Problem({ id }: { id: string }) {
  return <Loaded options={getPilotProblemOptions({ path: { problem_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

function Known({ it }: { it: PilotProblemOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deeds = useProblemDeeds(it);
  return (
    <>
      <PageHead
        title={it.title}
        state={
          <>
            <State of={it.state} as="guided" /> {it.is_overdue && <State of="overdue" as="guided" />}
          </>
        }
        hint={`${it.college_name} · ${it.raiser_name} · ${it.raised_on}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={deeds} />
      </PageHead>
      <section className="panel">
        <p>{it.description}</p>
        <Facts
          facts={[
            [
              t("problems.about"),
              [word(it.about, "guided"), it.certificate_name ?? it.plan_code].filter(Boolean).join("："),
            ],
            [t("problems.severity"), word(it.severity, "guided")],
            [t("problems.owner"), it.owner_name],
            [field("due_on"), it.due_on],
            [t("problems.age"), it.age_days],
            [t("problems.resolution"), it.resolution],
          ]}
        />
      </section>
      <Steps title={t("problems.timeline")} steps={it.steps} as="guided" />
      <Audit of={it.id} />
    </>
  );
}

function useProblemDeeds(it: PilotProblemOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const people = usePeople({ collegeId: it.college_id, withTeachers: true });
  const to = { path: { problem_id: it.id }, throwOnError: true } as const;
  const remark = { name: "remark", label: t("problems.remark"), type: "long" } as const;
  return {
    assign: {
      label: t("problems.assign"),
      consequence: t("problems.assignSays"),
      fields: [
        {
          name: "owner_id",
          label: t("problems.owner"),
          options: people.filter((each) => each.value !== it.raised_by),
          initial: it.owner_id ?? "",
          hint: t("problems.ownerHint"),
        },
        { name: "due_on", label: field("due_on"), type: "date", initial: it.due_on ?? "" },
        { ...remark, isOptional: true },
      ],
      run: (values) =>
        assignPilotProblem({
          ...to,
          body: { owner_id: values.owner_id ?? "", due_on: values.due_on ?? "", remark: values.remark || null },
        }),
    },
    resolve: {
      label: t("problems.resolve"),
      consequence: t("problems.resolveSays"),
      fields: [{ name: "resolution", label: t("problems.resolution"), type: "long" }],
      run: (values) => resolvePilotProblem({ ...to, body: { resolution: values.resolution ?? "" } }),
    },
    confirm: {
      label: t("problems.confirm"),
      consequence: t("problems.confirmSays"),
      fields: [{ ...remark, isOptional: true }],
      run: (values) => confirmPilotProblem({ ...to, body: { remark: values.remark || null } }),
    },
    reopen: {
      label: t("problems.reopen"),
      consequence: t("problems.reopenSays"),
      isDanger: true,
      fields: [remark, { name: "due_on", label: field("due_on"), type: "date" }],
      run: (values) =>
        reopenPilotProblem({ ...to, body: { remark: values.remark ?? "", due_on: values.due_on ?? "" } }),
    },
  };
}
