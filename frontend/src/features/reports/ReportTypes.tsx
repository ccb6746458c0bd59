import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listReportTypesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { DefineType } from "./DefineType.tsx";

/** What reports the office asks of its colleges. */
export function ReportTypes() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const [isDefining, setDefining] = useState(false);
  const action = may("report_types:define") && !isDefining && (
    <Button type="primary" onClick={() => setDefining(true)}>
      {t("periodic.define")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("menu.reportTypes")} hint={t("periodic.typesHint")}>
        {action}
      </PageHead>
      {isDefining ? (
        <DefineType
          onCancel={() => setDefining(false)}
          onDone={(id) => void navigate({ to: `/report-types/${id}` as never })}
        />
      ) : (
        <List
          name="report-types"
          label={t("menu.reportTypes")}
          options={(query) => listReportTypesOptions({ query })}
          keyOf={(it) => it.id}
          to={(it) => `/report-types/${it.id}`}
          columns={[
            { key: "name", title: field("name"), show: (it) => it.name },
            { key: "code", title: field("code"), show: (it) => it.code },
            { key: "cadence", title: t("periodic.cadence"), show: (it) => word(it.cadence, "reporting") },
            { key: "due", title: t("periodic.dueDays"), show: (it) => it.due_days, isNumber: true },
            { key: "version", title: field("version"), show: (it) => it.version, isNumber: true },
            { key: "reports", title: t("menu.reports"), show: (it) => it.reports, isNumber: true },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} as="reporting" /> },
          ]}
          empty={{ title: t("periodic.noTypes"), hint: t("periodic.noTypesHint"), action }}
        />
      )}
    </>
  );
}
