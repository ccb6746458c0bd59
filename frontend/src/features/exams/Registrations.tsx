import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listRegistrationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { acceptRegistrations, lockRegistrations, refuseRegistrations } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = ["draft", "confirmed", "waiting", "offered", "accepted", "locked", "refused", "withdrawn"];

export function AllRegistrations() {
  const { t } = useTranslation("staff");
  const me = useMe();
  return (
    <>
      <PageHead title={t("menu.registrations")} />
      {me.organisation_id ? (
        // An organisation examines at many institutions: whose candidates it is shown, its plan says.
        <Empty title={t("exams.byPlan")} hint={t("exams.byPlanHint")}>
          <LinkButton to="/exam-plans" isPrimary>
            {t("menu.examPlans")}
          </LinkButton>
        </Empty>
      ) : (
        <Registrations />
      )}
    </>
  );
}

type Asked = "accept" | "refuse" | "lock";

/** Who is registered; chosen rows are accepted or refused together. */
export function Registrations({ plan }: { plan?: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asked | null>(null);
  const colleges = useColleges();
  const states = useOptions(STATES);
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const to = { path: { exam_plan_id: plan?.id ?? "" }, throwOnError: true } as const;
  const ids = [...chosen];
  const run = async (values: Record<string, string>): Promise<void> => {
    if (asking === "accept") await acceptRegistrations({ ...to, body: { registration_ids: ids } });
    if (asking === "refuse") {
      await refuseRegistrations({ ...to, body: { registration_ids: ids, reason: values.reason ?? "" } });
    }
    if (asking === "lock") await lockRegistrations(to);
    message.success(t("common.done", { deed: t(`exams.${asking ?? "accept"}`) }));
    setChosen(new Set());
    await queryClient.invalidateQueries();
  };
  const fields = {
    accept: [],
    lock: [],
    refuse: [{ name: "reason", label: field("reason"), type: "long" as const }],
  };
  return (
    <>
      {plan && (
        <div className="page-deeds">
          {may("registrations:create") && (
            <LinkButton to={`/exam-plans/${plan.id}/register`}>{t("planning.register")}</LinkButton>
          )}
          {may("registrations:accept") && (
            <>
              <Button disabled={ids.length === 0} onClick={() => setAsking("accept")}>
                {t("exams.accept")}（{ids.length}）
              </Button>
              <Button danger disabled={ids.length === 0} onClick={() => setAsking("refuse")}>
                {t("exams.refuse")}（{ids.length}）
              </Button>
            </>
          )}
          {may("registrations:lock") && <Button onClick={() => setAsking("lock")}>{t("exams.lock")}</Button>}
        </div>
      )}
      <List
        name="registrations"
        label={t("menu.registrations")}
        fixed={plan && { exam_plan_id: plan.id }}
        options={(query) => listRegistrationsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/registrations/${it.id}`}
        choice={plan && may("registrations:accept") ? { chosen, onChoose: choose } : undefined}
        filters={[
          { name: "state", label: field("state"), options: states },
          { name: "college_id", label: field("college"), options: colleges },
        ]}
        columns={[
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "admission_number", title: field("admission_number"), show: (it) => it.admission_number ?? "—" },
          { key: "document", title: field("document"), show: (it) => it.masked_document_number },
          { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
          { key: "channel", title: field("channel"), show: (it) => word(it.channel) },
          { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("exams.noRegistrations"), hint: t("exams.noRegistrationsHint") }}
      />
      {asking && (
        <FormDialog
          title={t(`exams.${asking}`)}
          consequence={t(`exams.${asking}Says`, { count: ids.length })}
          fields={fields[asking]}
          submit={t(`exams.${asking}`)}
          isDanger={asking === "refuse"}
          run={run}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
